import type Type from 'typebox';
import { InputError } from '../core/problem.ts';
import { OPTIONS } from './options.ts';
import type { QuestionType } from './question.ts';

/** A schema, as far as words are concerned. */
interface Field {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Field>>;
}

/**
 * One question from words on the command line: `--from-port 80` sets the field `fromPort`, `--http.path /x` the
 * field `path` of `http`, and a flag without a value sets `true`. A value is text where the field is text, else
 * JSON where it can be read as JSON, else text.
 *
 * @throws InputError where a word is no flag, or a field is given twice
 */
export function questionFromWords(
  type: string,
  words: readonly string[],
  { schema }: QuestionType,
): Readonly<Record<string, unknown>> {
  const fields: Field = { properties: { ...schema.properties, options: OPTIONS as Field } };
  const question: Record<string, unknown> = { id: type, type };
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    const match = /^--([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word);
    if (match === null)
      throw usage(word, 'is neither a field nor its value', `write --FIELD VALUE; fields: ${names(schema)}`);
    const path = (match[1] ?? '').split('.').map(camelCase);
    const next = words[at + 1];
    const given = match[2] ?? (next === undefined || next.startsWith('--') ? undefined : next);
    at += given === undefined || match[2] !== undefined ? 1 : 2;
    set(question, path, value(given, fieldAt(fields, path)), word);
  }
  return question;
}

function set(question: Record<string, unknown>, path: readonly string[], value: unknown, word: string): void {
  let at = question;
  for (const step of path.slice(0, -1)) {
    const below = Object.hasOwn(at, step) ? at[step] : {};
    if (typeof below !== 'object' || below === null)
      throw usage(word, `stands below ${step}, which has a value already`, 'give one of the two');
    define(at, step, below);
    at = below as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  if (Object.hasOwn(at, last)) throw usage(word, 'is given twice', 'give it once');
  define(at, last, value);
}

/** Names such as `__proto__` are fields like any other. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

function value(text: string | undefined, field: Field | undefined): unknown {
  if (text === undefined) return true;
  if (field?.type === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function fieldAt(field: Field, path: readonly string[]): Field | undefined {
  let at: Field | undefined = field;
  for (const step of path) {
    const below: Readonly<Record<string, Field>> = at?.properties ?? {};
    at = Object.hasOwn(below, step) ? below[step] : undefined;
  }
  return at;
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function names(schema: Type.TObject): string {
  return Object.keys(schema.properties)
    .map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    .join(', ');
}

function usage(where: string, what: string, remedy: string): InputError {
  return new InputError([{ where, what, remedy }]);
}
