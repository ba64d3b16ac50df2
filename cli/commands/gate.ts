import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { LIMIT_OPTIONS, limitsFrom } from '../../inventory/index.ts';
import { SEVERITIES } from '../../policies/finding.ts';
import { DEFAULT_FAIL_ON, type FailOn, type GateResult, gate } from '../../policies/gate.ts';
import { startPhases } from '../../policies/phases.ts';
import { FORMATS, type Format, renderReport } from '../../report/index.ts';
import { parseDay } from '../day.ts';
import { EXIT } from '../exit.ts';
import { listOption } from '../list-option.ts';
import { checkReportFile, writeReportFile } from '../report-file.ts';
import { startSpinner } from '../spinner.ts';

interface GateFlags {
  readonly pack?: string[];
  readonly exceptions?: string;
  readonly externals?: string;
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly today?: string;
  readonly allowEmpty?: true;
  readonly profile?: boolean;
}

/** Used for manifests whose index names no exceptions file, where the working directory has it. */
const DEFAULT_EXCEPTIONS = 'exceptions.yaml';

const HELP = `
Exit codes:
  0  no finding at or above --fail-on
  1  at least one such finding
  2  the gate could not do its work: unreadable input, no object in it, bad usage, a rule that broke

Examples:
  $ sluice gate dist/agentweaver/default
  $ helm template shop ./chart | sluice gate -
  $ sluice gate manifests --pack workload,rbac --fail-on high
  $ sluice gate dist --format sarif --output findings.sarif

Where PATH was written by sluice synth, the index beside it tells the packs, parameters, externals and exceptions.
Exceptions are held against today's date in UTC; --today makes a run repeatable.`;

/** `sluice gate`: any YAML against the policy packs. */
export function gateCommand(): Command {
  const command = new Command('gate')
    .description(
      'Checks Kubernetes manifests against the policy packs: files, folders, or - for standard input.',
    )
    .argument('<path...>', 'files or folders of YAML or JSON; - is standard input')
    .option(
      '--pack <names>',
      'packs to check, with commas between them; default: the general packs and those of the index',
      listOption,
    )
    .option(
      '--exceptions <file>',
      'exceptions; default: the file that the index names, else exceptions.yaml here',
    )
    .option('--externals <file>', 'objects that exist without being in the input')
    .addOption(new Option('--format <format>', 'form of the report').choices([...FORMATS]).default('text'))
    .option('--output <file>', 'write the report to a file instead of standard output')
    .addOption(
      new Option('--fail-on <severity>', 'least severity that fails the gate')
        .choices([...SEVERITIES, 'never'])
        .default(DEFAULT_FAIL_ON),
    )
    .option('--today <date>', 'day that exceptions are held against, YYYY-MM-DD', parseDay)
    .option('--allow-empty', 'pass where there is no object to check')
    .option('--profile', 'tell on standard error where the time goes');
  for (const { flags, description } of LIMIT_OPTIONS) command.option(flags, description);
  return command.addHelpText('after', HELP).action(run);
}

async function run(paths: string[], flags: GateFlags): Promise<void> {
  if (flags.output !== undefined) checkReportFile(flags.output, paths);
  const phases = startPhases();
  const { pack, exceptions, externals, today, failOn, allowEmpty = false } = flags;
  const spinner = await startSpinner();
  spinner?.update(`gating ${paths.join(' ')}`);
  const result = await gate({
    paths,
    ...(pack === undefined ? {} : { packs: pack }),
    ...(exceptions === undefined ? {} : { exceptions }),
    ...(existsSync(DEFAULT_EXCEPTIONS) ? { defaultExceptions: DEFAULT_EXCEPTIONS } : {}),
    ...(externals === undefined ? {} : { externals }),
    ...(today === undefined ? {} : { today }),
    failOn,
    allowEmpty,
    read: limitsFrom({ ...flags }),
    phases,
  }).finally(() => spinner?.stop());
  await phases.run('report', () => write(result, flags));
  for (const whole of result.partOf)
    process.stderr.write(`note: this is part of ${whole}; rules about the whole will miss the rest\n`);
  if (flags.profile === true) process.stderr.write(profile(phases.times));
  process.exitCode = { clean: EXIT.clean, findings: EXIT.findings, broken: EXIT.unusable }[result.verdict];
}

async function write(result: GateResult, { format, output }: GateFlags): Promise<void> {
  const colour = output === undefined && process.stdout.isTTY === true;
  const text = renderReport(result, format, { colour });
  if (output !== undefined) await writeReportFile(output, text);
  else process.stdout.write(text);
}

function profile(times: ReadonlyMap<string, number>): string {
  const lines = [...times].map(
    ([phase, milliseconds]) => `${phase.padEnd(12)}${milliseconds.toFixed(1).padStart(10)} ms\n`,
  );
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return `${lines.join('')}${'all'.padEnd(12)}${total.toFixed(1).padStart(10)} ms\n`;
}
