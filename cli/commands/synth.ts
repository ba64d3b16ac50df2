import { Command, Option } from 'commander';
import type { FailOn } from '../../policies/gate.ts';
import { parseDay } from '../day.ts';
import { findEnvironmentFiles, readEnvironments } from '../environment-files.ts';
import { EXIT } from '../exit.ts';
import { startSpinner } from '../spinner.ts';
import { type SynthOptions, type SynthResult, synthEnvironment } from '../synth-environment.ts';

const HELP = `
Each environment is written to OUT/<platform>/<environment>/ as one file an object, and its index to
OUT.index/<platform>/<environment>/index.json. The manifests are gated first: where the gate finds something, the
output stays as it was.

Exit codes: 0 written, 1 findings at or above --fail-on (with --check: or differences), 2 unusable input.

Examples:
  sluice synth
  sluice synth environments/agentweaver/default.yaml
  sluice synth --check
`;

interface Flags extends SynthOptions {
  readonly failOn?: FailOn;
  readonly format: 'text' | 'json';
}

/** `sluice synth`: environment files to gated manifests. */
export function synthCommand(): Command {
  return new Command('synth')
    .description('Write the manifests of environments, once they pass the gate.')
    .argument('[env-file...]', 'environment files (default: every environments/<platform>/*.yaml)')
    .option('--out <dir>', 'output folder', 'dist')
    .option('--check', 'write nothing; fail where the output is not what synth makes')
    .option('--exceptions <file>', 'exceptions (default: exceptions.yaml beside the environment file)')
    .addOption(
      new Option('--fail-on <severity>', 'least severity that fails (default: medium)').choices([
        'critical',
        'high',
        'medium',
        'low',
        'info',
        'never',
      ]),
    )
    .option(
      '--today <date>',
      "day that exceptions are held against, YYYY-MM-DD (default: the system's day)",
      parseDay,
    )
    .option('--force', 'replace the output even where it holds files that synth did not write')
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', HELP)
    .action(synth);
}

async function synth(files: readonly string[], flags: Flags): Promise<void> {
  const environments = await readEnvironments(files.length === 0 ? findEnvironmentFiles() : files);
  const { synthJson, synthText } = await import('../synth-report.ts');
  const spinner = await startSpinner();
  const results: SynthResult[] = [];
  try {
    for (const environment of environments) {
      const name = `${environment.platform}/${environment.environment}`;
      const result = await synthEnvironment(environment, flags, (phase) =>
        spinner?.update(`${phase} ${name}`),
      );
      results.push(result);
      if (flags.format === 'json') continue;
      spinner?.clear();
      if (results.length > 1) process.stdout.write('\n');
      process.stdout.write(synthText(result, flags.check === true, process.stdout.isTTY === true));
    }
  } finally {
    spinner?.stop();
  }
  if (flags.format === 'json') process.stdout.write(synthJson(results));
  process.exitCode = Math.max(...results.map((result) => exitCodeOf(result, flags.check === true)));
}

function exitCodeOf({ gate, changes }: SynthResult, check: boolean): number {
  if (gate?.verdict === 'broken') return EXIT.unusable;
  if (gate?.verdict === 'findings' || (check && changes?.none !== true)) return EXIT.findings;
  return EXIT.clean;
}
