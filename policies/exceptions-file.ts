import { pointerSegment } from '../core/pointer.ts';
import { InputError, type Problem } from '../core/problem.ts';
import { readTextFile } from '../core/text-file.ts';
import { readYaml, type YamlSource } from '../core/yaml-source.ts';
import type { ExceptedObject, Exception } from './exception.ts';

/** Written by hand; anything larger is a mistake. */
const MAX_BYTES = 1024 * 1024;
const REMEDY =
  'an exception needs rule, object {kind, namespace, name}, reason, owner and expires (YYYY-MM-DD)';

/**
 * Reads an exceptions file: a list of `{rule, object: {kind, namespace?, name}, path?, reason, owner, expires}`.
 *
 * @param remedy what to do when it cannot be read
 * @throws InputError with file, line and remedy of everything that is wrong with it
 */
export async function readExceptions(file: string, remedy?: string): Promise<Exception[]> {
  const text = await readTextFile(file, {
    maxBytes: MAX_BYTES,
    what: 'an exceptions file',
    ...(remedy === undefined ? {} : { remedy }),
  });
  return parseExceptions(text, file);
}

/** As {@link readExceptions}, of a text. A file of comments alone holds no exceptions. */
export function parseExceptions(text: string, file: string): Exception[] {
  if (text.split('\n').every((line) => /^\s*(#.*)?$/.test(line))) return [];
  const source = readYaml(text, file);
  const problems: Problem[] = [...source.problems];
  const { value } = source;
  if (!Array.isArray(value))
    throw new InputError([{ where: `${file}:1:1`, what: 'not a list', remedy: `write a list; ${REMEDY}` }]);
  const exceptions = value.map((entry: unknown, index) => exceptionOf(entry, index, source, file, problems));
  if (problems.length > 0) throw new InputError(problems);
  return exceptions.filter((exception) => exception !== undefined);
}

const REQUIRED = ['rule', 'object', 'reason', 'owner', 'expires'] as const;
const KEYS = [...REQUIRED, 'path', 'environments'];
const OBJECT_KEYS = ['kind', 'namespace', 'name'];

function exceptionOf(
  entry: unknown,
  index: number,
  source: YamlSource,
  file: string,
  problems: Problem[],
): Exception | undefined {
  const before = problems.length;
  const at = `/${index}`;
  const complain = (pointer: string, what: string, remedy: string = REMEDY): void => {
    problems.push({ where: source.where(pointer, 'key'), what, remedy });
  };
  if (!isMapping(entry)) {
    complain(at, 'not a mapping');
    return undefined;
  }
  checkKeys(entry, at, KEYS, REQUIRED, complain);
  for (const key of ['rule', 'reason', 'owner', 'path']) checkText(entry, at, key, complain);
  const { expires, path, environments, object } = entry;
  if (expires !== undefined && !isDay(expires)) {
    complain(`${at}/expires`, `expires ${JSON.stringify(expires)} is no day`, 'write it as YYYY-MM-DD');
  }
  if (typeof path === 'string' && !path.startsWith('/')) {
    complain(
      `${at}/path`,
      `path ${JSON.stringify(path)} is no JSON pointer`,
      'write it like /spec/template/spec/containers/0',
    );
  }
  if (
    environments !== undefined &&
    !(Array.isArray(environments) && environments.every((name) => typeof name === 'string'))
  ) {
    complain(
      `${at}/environments`,
      'environments is no list of names',
      'write the names of the environments it holds in, or leave it out',
    );
  }
  if (isMapping(object)) {
    checkKeys(object, `${at}/object`, OBJECT_KEYS, ['kind', 'name'], complain);
    for (const key of OBJECT_KEYS) checkText(object, `${at}/object`, key, complain);
  } else if (object !== undefined)
    complain(
      `${at}/object`,
      'object is no mapping',
      'write kind, namespace (unless cluster-scoped) and name',
    );
  if (problems.length > before) return undefined;
  const [line = 1, column = 1] = source.where(at).split(':').slice(-2).map(Number);
  return {
    rule: String(entry['rule']),
    object: object as unknown as ExceptedObject,
    ...(path === undefined ? {} : { path: String(path) }),
    ...(environments === undefined ? {} : { environments: environments as readonly string[] }),
    reason: String(entry['reason']).trim(),
    owner: String(entry['owner']),
    expires: String(expires),
    position: { file: file.replaceAll('\\', '/'), line, column },
  };
}

type Mapping = Readonly<Record<string, unknown>>;
type Complain = (pointer: string, what: string, remedy?: string) => void;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkKeys(
  mapping: Mapping,
  at: string,
  known: readonly string[],
  required: readonly string[],
  complain: Complain,
): void {
  for (const key of Object.keys(mapping)) {
    if (!known.includes(key))
      complain(
        `${at}/${pointerSegment(key)}`,
        `unknown key ${JSON.stringify(key)}`,
        `known keys: ${known.join(', ')}`,
      );
  }
  for (const key of required) if (!Object.hasOwn(mapping, key)) complain(at, `${key} is missing`);
}

function checkText(mapping: Mapping, at: string, key: string, complain: Complain): void {
  const value = mapping[key];
  if (!Object.hasOwn(mapping, key) || (typeof value === 'string' && value.trim() !== '')) return;
  complain(
    `${at}/${key}`,
    `${key} is ${value === null || value === '' ? 'empty' : JSON.stringify(value)}`,
    `${key} is a text that says something; quote it if it looks like a number`,
  );
}

/** @returns whether a value is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
