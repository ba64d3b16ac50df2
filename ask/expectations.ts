import Type from 'typebox';
import { Check } from 'typebox/value';
import { pointerSegment } from '../core/pointer.ts';
import { InputError, type Problem } from '../core/problem.ts';
import { readYaml } from '../core/yaml-source.ts';
import { QuestionError } from './question.ts';
import { refuseMalformed } from './shape.ts';

/** A question, and what its answer must be. */
export interface Expectation {
  /** `file:line:column` of the entry that it comes from. */
  readonly where: string;
  /** As a person would say it. */
  readonly text: string;
  readonly reason?: string;
  readonly question: Readonly<Record<string, unknown>>;
  /** Fields that the answer must have, with these values; of objects, at least these fields. */
  readonly expect: Readonly<Record<string, unknown>>;
}

const ANY = Type.Record(Type.String(), Type.Unknown());
const ENTRY = Type.Object(
  {
    allow: Type.Optional(ANY),
    deny: Type.Optional(ANY),
    ask: Type.Optional(ANY),
    expect: Type.Optional(ANY),
    reason: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);
type Entry = Type.Static<typeof ENTRY>;

/** Fields of a connection of which an expectation may list several; it holds for each combination. */
const LISTS = ['from', 'to', 'port', 'protocol'];

/**
 * Reads an expectations file: a list of `allow: {from, to, port}` and `deny: {...}`, where `from`, `to`, `port` and
 * `protocol` may be lists, and of `ask: {type, ...}` with `expect: {...}` for any question; each with a `reason`.
 *
 * @throws InputError with every problem of the file
 */
export function parseExpectations(text: string, file: string): Expectation[] {
  const source = readYaml(text, file);
  const problems: Problem[] = [...source.problems];
  const entries: unknown[] = Array.isArray(source.value) ? source.value : [];
  if (!Array.isArray(source.value))
    problems.push({
      where: source.where(''),
      what: 'not a list',
      remedy: 'write a list of allow, deny and ask',
    });
  const expectations = entries.flatMap((entry, index) => {
    const where = source.where(`/${pointerSegment(index)}`);
    const what = wrongWith(entry);
    if (what === undefined) return expectationsOf(entry as Entry, where);
    problems.push({ where, what, remedy: 'write one of allow, deny, or ask with expect' });
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return expectations;
}

function wrongWith(entry: unknown): string | undefined {
  try {
    refuseMalformed(ENTRY, entry, 'the entry');
  } catch (error) {
    if (error instanceof QuestionError) return error.message;
    throw error;
  }
  const { allow, deny, ask, expect } = entry as Entry;
  if ([allow, deny, ask].filter((each) => each !== undefined).length !== 1)
    return 'the entry must have exactly one of allow, deny, ask';
  if ((ask === undefined) !== (expect === undefined)) return 'ask and expect stand together';
  const empty = LISTS.find((field) =>
    Check(Type.Array(Type.Unknown(), { maxItems: 0 }), (allow ?? deny)?.[field]),
  );
  return empty === undefined ? undefined : `${empty} is an empty list, of which anything is true`;
}

function expectationsOf({ allow, deny, ask, expect = {}, reason }: Entry, where: string): Expectation[] {
  const why = reason === undefined ? {} : { reason };
  if (ask !== undefined) return [{ where, text: JSON.stringify(ask), ...why, question: ask, expect }];
  const verdict = allow === undefined ? 'deny' : 'allow';
  // a denial means that no part of it is allowed, not only that some part is denied
  const wanted = verdict === 'allow' ? { verdict } : { verdict, partial: undefined };
  return combinations(allow ?? deny ?? {}, LISTS).map((fields) => ({
    where,
    text: connectionText(verdict, fields),
    ...why,
    question: { type: 'reach', ...fields },
    expect: wanted,
  }));
}

function combinations(
  fields: Readonly<Record<string, unknown>>,
  [field, ...others]: readonly string[],
): Readonly<Record<string, unknown>>[] {
  if (field === undefined) return [fields];
  const value = fields[field];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) =>
    combinations(each === undefined ? fields : { ...fields, [field]: each }, others),
  );
}

function connectionText(
  verdict: string,
  { from, to, protocol, port, ...more }: Readonly<Record<string, unknown>>,
): string {
  const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const on = [protocol ?? (port === undefined ? undefined : 'TCP'), port].filter(
    (part) => part !== undefined,
  );
  const rest = Object.keys(more).length > 0 ? ` ${JSON.stringify(more)}` : '';
  return `${verdict} ${word(from)} -> ${word(to)}${on.length > 0 ? ` ${on.map(word).join(' ')}` : ''}${rest}`;
}
