import { Command } from 'commander';
import { buildPolicies } from '../../policies/build/build.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { EXIT } from '../exit.ts';
import { listOption } from '../list-option.ts';
import { writeRuleDocs } from '../rule-docs.ts';

interface BuildFlags {
  readonly check?: boolean;
  readonly pack?: string[];
}

const HELP = `
Exit codes:
  0  compiled, or with --check: everything is up to date
  1  with --check: compiled policies or rule documentation differ from their sources
  2  a rule does not compile, lacks metadata or cases, or opa is missing

Examples:
  $ sluice policies build
  $ sluice policies build --pack workload
  $ sluice policies build --check`;

/** `sluice policies`: for those who write rules. */
export function policiesCommand(): Command {
  const command = new Command('policies').description('Compiles the Rego policies to WASM.');
  command
    .command('build')
    .summary('compile rego/gate into policies/compiled')
    .description(
      'Compiles every pack of rego/gate into one WASM module with a pinned opa, and writes the rule documentation.',
    )
    .option('--check', 'write nothing; exit 1 when what is committed differs from its sources')
    .option('--pack <names>', 'only these packs, with commas between them', listOption)
    .addHelpText('after', HELP)
    .action(build);
  return command;
}

async function build({ check = false, pack: packs }: BuildFlags): Promise<void> {
  const { built, changed } = await buildPolicies({
    root: PROJECT_ROOT,
    check,
    ...(packs === undefined ? {} : { packs }),
  });
  for (const { pack, wasm } of built) {
    const size = `${Math.ceil(wasm.byteLength / 1024)} KiB`;
    process.stdout.write(`${pack.name}: ${pack.rules.length} rules, ${size}\n`);
  }
  const files = [...changed, ...(await writeRuleDocs(PROJECT_ROOT, check))];
  for (const file of files) process.stdout.write(`${check ? 'stale' : 'wrote'} ${file}\n`);
  if (!check || files.length === 0) return;
  process.stderr.write('error: these files differ from their sources; run: sluice policies build\n');
  process.exitCode = EXIT.findings;
}
