import { Command } from 'commander';
import { InputError, problemText } from '../core/problem.ts';
import { EXIT } from './exit.ts';

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
    .showSuggestionAfterError()
    .showHelpAfterError('(sluice --help lists the commands)');
  const asked = args.find((arg) => !arg.startsWith('-'));
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    if (name === asked) root.addCommand((await load()).summary(summary));
    else root.command(name).summary(summary).description(summary);
  }
  return root;
}

/** Runs the command line; the only place that sets the exit code for an error. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const root = await program(args);
    root.exitOverride();
    for (const command of root.commands) command.exitOverride();
    await root.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof InputError) {
    for (const problem of error.problems) process.stderr.write(`error: ${problemText(problem)}\n`);
    return EXIT.unusable;
  }
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')) {
    // commander has printed its own message; asking for help is not an error
    return 'exitCode' in error && error.exitCode === 0 ? EXIT.clean : EXIT.unusable;
  }
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.unusable;
}

