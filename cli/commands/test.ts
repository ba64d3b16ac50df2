import { Command, Option } from 'commander';
import { type Expectation, holdExpectations, type Outcome, parseExpectations } from '../../ask/index.ts';
import { readTextFile } from '../../core/text-file.ts';
import { LIMIT_OPTIONS, limitsFrom, readInventory } from '../../inventory/index.ts';
import { addAskOptions, askOptionsFrom } from '../ask-options.ts';
import { EXIT } from '../exit.ts';

interface TestFlags {
  readonly expect: string[];
  readonly format: 'text' | 'json';
}

const MAX_BYTES = 8 * 1024 * 1024;

const HELP = `
Exit codes:
  0  every expectation holds
  1  some expectation does not hold, or cannot be answered
  2  the manifests or the expectations could not be read

An expectations file is a YAML list:
  - deny: { from: shop/app=web, to: [entity:kube-apiserver, fqdn:pypi.org], port: 443 }
    reason: the web tier has no business there
  - allow: { from: shop/Deployment/web, to: service:shop/db, port: 5432 }
  - ask: { type: access, subject: "user:ann", verb: get, resource: secrets }
    expect: { allowed: false }

from, to, port and protocol may be lists; the expectation then holds for each combination. docs/ask.md lists the
questions and how endpoints are written.

Examples:
  $ sluice test dist/agentweaver/default --expect environments/agentweaver/expectations.yaml
  $ helm template shop ./chart | sluice test - --expect expectations.yaml`;

/** `sluice test`: expectations about any YAML, held against what it means. */
export function testCommand(): Command {
  const command = new Command('test')
    .description('Holds expectations against Kubernetes manifests: files, folders, or - for standard input.')
    .argument('<path...>', 'files or folders of YAML or JSON; - is standard input')
    .option('--expect <files...>', 'expectations files', ['expectations.yaml'])
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'),
    );
  addAskOptions(command);
  for (const { flags, description } of LIMIT_OPTIONS) command.option(flags, description);
  return command.addHelpText('after', HELP).action(run);
}

async function run(paths: string[], flags: TestFlags): Promise<void> {
  const expectations = (await Promise.all(flags.expect.map(read))).flat();
  const inventory = await readInventory(paths, limitsFrom({ ...flags }));
  const outcomes: Outcome[] = [];
  for await (const outcome of holdExpectations(inventory, expectations, askOptionsFrom({ ...flags })))
    outcomes.push(outcome);
  process.stdout.write(flags.format === 'json' ? jsonReport(outcomes) : textReport(outcomes));
  process.exitCode = outcomes.every(({ holds }) => holds) ? EXIT.clean : EXIT.findings;
}

async function read(file: string): Promise<Expectation[]> {
  const remedy = 'give an expectations file with --expect';
  const text = await readTextFile(file, { maxBytes: MAX_BYTES, what: 'an expectations file', remedy });
  return parseExpectations(text, file);
}

function jsonReport(outcomes: readonly Outcome[]): string {
  const entries = outcomes.map(({ expectation, answer, holds }) => ({ ...expectation, holds, answer }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

/** What does not hold, with what is instead and the policies that make it so. */
function textReport(outcomes: readonly Outcome[]): string {
  const failing = outcomes.filter(({ holds }) => !holds);
  const lines = failing.flatMap(({ expectation: { where, text, reason }, answer }) => [
    `${where}: expected ${text}`,
    ...(reason === undefined ? [] : [`  reason: ${reason}`]),
    `  but ${answerText(answer)}`,
    ...becauseOf(answer).map((line) => `    ${line}`),
    '',
  ]);
  const total = outcomes.length;
  const summary =
    failing.length === 0
      ? `${total} expectation${total === 1 ? ' holds' : 's hold'}`
      : `${failing.length} of ${total} expectations ${failing.length === 1 ? 'does' : 'do'} not hold`;
  return `${[...lines, summary].join('\n')}\n`;
}

function answerText({
  id: _id,
  error,
  because: _because,
  ignored: _ignored,
  ...fields
}: Outcome['answer']): string {
  if (error !== undefined) return `there is no answer: ${error.message} (${error.code})`;
  return `it is ${Object.entries(fields)
    .map(([field, value]) => `${field} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')}`;
}

function becauseOf({ because }: Outcome['answer']): string[] {
  if (!Array.isArray(because)) return [];
  return because.map((reason: unknown) => {
    if (typeof reason !== 'object' || reason === null || !('text' in reason)) return JSON.stringify(reason);
    const path = 'path' in reason ? ` (${String(reason.path)})` : '';
    return `${String(reason.text)}${path}`;
  });
}
