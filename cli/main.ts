import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../core/problem.ts';
import { PROJECT_ROOT } from '../policies/root.ts';
import { EXIT } from './exit.ts';
import { problemLines } from './problem-lines.ts';

/** Each command in its own module, loaded only when asked for, so that `--help` and small commands start fast. */
const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  synth: {
    summary: 'write the manifests of environments, gate them, then replace the output folder',
    load: async () => (await import('./commands/synth.ts')).synthCommand(),
  },
  gate: {
    summary: 'check any Kubernetes YAML against the policy packs',
    load: async () => (await import('./commands/gate.ts')).gateCommand(),
  },
  ask: {
    summary: 'answer questions about any Kubernetes YAML',
    load: async () => (await import('./commands/ask.ts')).askCommand(),
  },
  test: {
    summary: 'hold expectations about any Kubernetes YAML against what it means',
    load: async () => (await import('./commands/test.ts')).testCommand(),
  },
  reach: {
    summary: 'list who reaches whom by all network policies together',
    load: async () => (await import('./commands/reach.ts')).reachCommand(),
  },
  rules: {
    summary: 'what the rules check, why, and how to fix a finding',
    load: async () => (await import('./commands/rules.ts')).rulesCommand(),
  },
  policies: {
    summary: 'compile the Rego policies to WASM',
    load: async () => (await import('./commands/policies.ts')).policiesCommand(),
  },
  init: {
    summary: 'write an environment file to start from',
    load: async () => (await import('./commands/init.ts')).initCommand(),
  },
};

async function program(args: readonly string[]): Promise<Command> {
  const root = new Command('sluice')
    .description('Typed Kubernetes manifests for AI-agent platforms, proven before GitOps syncs them.')
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('(sluice --help lists the commands)');
  root.version(version(), '--version', 'print the version');
  const asked = args.find((arg) => !arg.startsWith('-'));
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    if (name === asked) root.addCommand(inherit(root, (await load()).summary(summary)));
    else root.command(name).summary(summary).description(summary);
  }
  return root;
}

/** Gives a command, and the commands below it, the settings of the root; commander does so only for those it makes. */
function inherit(root: Command, command: Command): Command {
  command.copyInheritedSettings(root).showHelpAfterError(`(sluice ${command.name()} --help shows its use)`);
  for (const nested of command.commands) nested.copyInheritedSettings(command);
  return command;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

/** Runs the command line; the only place that sets the exit code for an error. */
export async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', leaveWithReader);
  try {
    const root = await program(args);
    await root.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Whoever reads our output may stop early, as `head` does; that is no error of ours. */
function leaveWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

function report(error: unknown): number {
  if (error instanceof InputError) {
    process.stderr.write(problemLines(error.problems));
    return EXIT.unusable;
  }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')) {
    // commander has printed its own message; asking for help is not an error
    return 'exitCode' in error && error.exitCode === 0 ? EXIT.clean : EXIT.unusable;
  }
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.unusable;
}
