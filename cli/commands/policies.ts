import { Command } from 'commander';
import { buildPolicies } from '../../policies/build/build.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { EXIT } from '../exit.ts';

interface BuildFlags {
  readonly check?: boolean;
  readonly pack?: string[];
}

/** `sluice policies`: for those who write rules. */
export function policiesCommand(): Command {
  const command = new Command('policies');
  command
    .command('build')
    .summary('compile rego/gate into policies/compiled')
    .description(
      'Compiles every pack of rego/gate into one WASM module with a pinned opa, and writes the rule documentation.',
    )
    .option('--check', 'write nothing; exit 1 when what is committed differs from its sources')
    .option('--pack <name...>', 'only these packs')
    .action(build);
  return command;
}

async function build({ check = false, pack }: BuildFlags): Promise<void> {
  const { built, changed } = await buildPolicies({
    root: PROJECT_ROOT,
    check,
    ...(pack === undefined ? {} : { packs: pack }),
  });
  for (const { pack, wasm } of built)
    process.stdout.write(
      `${pack.name}: ${pack.rules.length} rules, ${Math.ceil(wasm.byteLength / 1024)} KiB\n`,
    );
  for (const file of changed) process.stdout.write(`${check ? 'stale' : 'wrote'} ${file}\n`);
  if (check && changed.length > 0) {
    process.stderr.write('error: compiled policies differ from their sources; run: sluice policies build\n');
    process.exitCode = EXIT.findings;
  }
}
