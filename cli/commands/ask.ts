import { createReadStream } from 'node:fs';
import { Command, Option } from 'commander';
import { answerQuestions, parseQueries, QUESTION_TYPES, questionFromWords } from '../../ask/index.ts';
import { InputError } from '../../core/problem.ts';
import { LIMIT_OPTIONS, type Limits, limitsFrom, readInventory } from '../../inventory/index.ts';
import { type AnswerFormat, answerOutput } from '../answer-output.ts';
import { addAskOptions, askOptionsFrom } from '../ask-options.ts';
import { EXIT } from '../exit.ts';

interface AskFlags {
  readonly queries?: string;
  readonly format: AnswerFormat;
}

const HELP = `
Exit codes:
  0  every question was answered
  1  some question got an error
  2  the manifests or the questions could not be read

Examples:
  $ sluice ask dist/agentweaver/default --queries questions.json
  $ helm template shop ./chart | sluice ask - --queries questions.ndjson --format ndjson
  $ sluice ask dist/agentweaver/default pod-security \\
      --object agentweaver/Deployment/agentweaver-api --level restricted
  $ sluice ask dist/agentweaver/default access \\
      --subject serviceaccount:agentweaver/agentweaver-api --verb create \\
      --group extensions.agents.x-k8s.io --resource sandboxclaims --namespace agentweaver
  $ sluice ask dist/agentweaver/default route --gateway agentweaver/agentweaver-gateway --port 443 \\
      --request.host agentweaver.placeholder.westus2.aksapp.io --request.path /mcp/health

A question as words is its type followed by its fields: --dns-query NAME is the field dnsQuery, and
--http.path /healthz is path below http. A folder with the name of a question type is written ./NAME.
docs/ask.md lists every type with its fields and answers.

Question types: ${Object.keys(QUESTION_TYPES).join(', ')}`;

/** `sluice ask`: questions about any YAML, and their answers. */
export function askCommand(): Command {
  const command = new Command('ask')
    .description('Answers questions about Kubernetes manifests: files, folders, or - for standard input.')
    .usage('[options] PATH... (--queries FILE | TYPE [--FIELD VALUE]...)')
    .argument(
      '<path...>',
      'files or folders of YAML or JSON, - is standard input; then perhaps one question as words',
    )
    .option('--queries <file>', 'questions: a JSON array, or one JSON object a line; - is standard input')
    .addOption(
      new Option('--format <format>', 'form of the answers').choices(['json', 'ndjson']).default('json'),
    )
    // the fields of a question as words
    .allowUnknownOption();
  addAskOptions(command);
  for (const { flags, description } of LIMIT_OPTIONS) command.option(flags, description);
  return command.addHelpText('after', HELP).action(run);
}

async function run(args: string[], flags: AskFlags): Promise<void> {
  const limits = limitsFrom({ ...flags });
  const options = askOptionsFrom({ ...flags });
  const { paths, questions } = await questionsOf(args, flags.queries, limits);
  const inventory = await readInventory(paths, limits);
  let failed = false;
  const output = answerOutput(flags.format);
  for await (const answer of answerQuestions(inventory, questions, options)) {
    failed ||= answer.error !== undefined;
    await output.write(answer);
  }
  await output.end();
  process.exitCode = failed ? EXIT.findings : EXIT.clean;
}

async function questionsOf(
  args: readonly string[],
  queries: string | undefined,
  limits: Limits,
): Promise<{ paths: readonly string[]; questions: readonly unknown[] }> {
  const at = args.findIndex((arg) => Object.hasOwn(QUESTION_TYPES, arg));
  const type = args[at];
  const paths = at < 0 ? args : args.slice(0, at);
  if (paths.length === 0)
    throw usage('no manifests to ask about', 'give files or folders before the question');
  const word = paths.find((path) => path.startsWith('--'));
  if (word !== undefined)
    throw usage(
      `unknown option ${word}`,
      `sluice ask --help lists the options; fields follow a question type: ${Object.keys(QUESTION_TYPES).join(', ')}`,
    );
  if (type !== undefined) {
    if (queries !== undefined) throw usage('a question as words beside --queries', 'give one of the two');
    const load = QUESTION_TYPES[type];
    if (load === undefined) throw new Error(`no question type ${type}`);
    return { paths, questions: [questionFromWords(type, args.slice(at + 1), await load())] };
  }
  if (queries === undefined)
    throw usage(
      'no question',
      `give --queries FILE, or one of these after the paths: ${Object.keys(QUESTION_TYPES).join(', ')}`,
    );
  if (queries === '-' && paths.includes('-'))
    throw usage('both manifests and questions from standard input', 'give one of them as a file');
  return { paths, questions: parseQueries(await readText(queries, limits.maxFileBytes), queries) };
}

async function readText(file: string, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) break;
      chunks.push(bytes);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const what = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new InputError([{ where: file, what, remedy: 'check the path given with --queries' }]);
  }
  if (size > maxBytes)
    throw new InputError([
      { where: file, what: `more than ${maxBytes} bytes`, remedy: 'raise --max-file-bytes, or ask in parts' },
    ]);
  return Buffer.concat(chunks).toString('utf8');
}

function usage(what: string, remedy: string): InputError {
  return new InputError([{ where: 'command line', what, remedy }]);
}
