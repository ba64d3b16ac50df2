import { bounded, type Unknowns } from './bytes.ts';
import { equal, less } from './compare.ts';
import { index, length, slice } from './elements.ts';
import { failExecution } from './error.ts';
import { escapeHtml, escapeJs, escapeUrlQuery } from './escape.ts';
import { printed, printedLine } from './format.ts';
import { formatted } from './printf.ts';
import { isTrue } from './truth.ts';
import { boolValue, intValue, known, type Maybe, stringValue } from './value.ts';

/** A built-in function: how many arguments it takes at least, and at most. */
interface GoFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly Maybe[], unknowns: Unknowns) => Maybe;
}

/**
 * Calls a function of text/template.
 *
 * @param args in their order, evaluated as far as the function needs them
 * @param piped the last argument, where it comes from the command before
 * @throws TemplateError
 * @throws Undetermined
 */
export function callFunction(
  name: string,
  args: readonly (() => Maybe)[],
  piped: { readonly value: Maybe } | undefined,
  unknowns: Unknowns,
): Maybe {
  const { least, most, call } = FUNCTIONS[name] ?? failExecution(`${name} is not a defined function`);
  const count = args.length + (piped === undefined ? 0 : 1);
  if (count < least || count > most) failExecution(`wrong number of args for ${name}: got ${count}`);
  if (name === 'and' || name === 'or') return firstDeciding(name === 'or', args, piped, unknowns);
  const values = args.map((arg) => arg());
  return call(piped === undefined ? values : [...values, piped.value], unknowns);
}

/** `and` and `or` evaluate no more than they need. */
function firstDeciding(
  deciding: boolean,
  args: readonly (() => Maybe)[],
  piped: { readonly value: Maybe } | undefined,
  unknowns: Unknowns,
): Maybe {
  let value: Maybe;
  for (const arg of args) {
    value = arg();
    if (isTrue(value, unknowns) === deciding) return value;
  }
  return piped === undefined ? value : piped.value;
}

const UNLIMITED = Number.POSITIVE_INFINITY;

const onText = (escaped: (bytes: string) => string): GoFunction => ({
  least: 0,
  most: UNLIMITED,
  call: (args, unknowns) => stringValue(bounded(escaped(unknowns.known(printed(args, true))))),
});

const comparison = (call: (first: Maybe, second: Maybe, unknowns: Unknowns) => boolean): GoFunction => ({
  least: 2,
  most: 2,
  call: ([first, second], unknowns) => boolValue(call(first, second, unknowns)),
});

const lessOrEqual = (first: Maybe, second: Maybe, unknowns: Unknowns): boolean =>
  less(first, second, unknowns) || equal(first, [second], unknowns);

const FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  and: { least: 1, most: UNLIMITED, call: () => undefined },
  or: { least: 1, most: UNLIMITED, call: () => undefined },
  not: { least: 1, most: 1, call: ([value], unknowns) => boolValue(!isTrue(value, unknowns)) },
  call: {
    least: 1,
    most: UNLIMITED,
    call: ([callee]) =>
      failExecution(callee === undefined ? 'call of nil' : `non-function of type ${callee.type.name}`),
  },
  len: { least: 1, most: 1, call: ([value], unknowns) => intValue(length(value, unknowns)) },
  index: {
    least: 1,
    most: UNLIMITED,
    call: ([item, ...indexes], unknowns) => index(item, indexes, unknowns),
  },
  slice: {
    least: 1,
    most: UNLIMITED,
    call: ([item, ...indexes], unknowns) => slice(item, indexes, unknowns),
  },
  print: { least: 0, most: UNLIMITED, call: (args) => stringValue(bounded(printed(args, false))) },
  println: { least: 0, most: UNLIMITED, call: (args) => stringValue(bounded(printedLine(args))) },
  printf: {
    least: 1,
    most: UNLIMITED,
    call: ([format, ...args], unknowns) =>
      stringValue(bounded(formatted(formatText(format, unknowns), args, unknowns))),
  },
  html: onText(escapeHtml),
  js: onText(escapeJs),
  urlquery: onText(escapeUrlQuery),
  eq: {
    least: 1,
    most: UNLIMITED,
    call: ([first, ...others], unknowns) => boolValue(equal(first, others, unknowns)),
  },
  ne: comparison((first, second, unknowns) => !equal(first, [second], unknowns)),
  lt: comparison(less),
  le: comparison(lessOrEqual),
  gt: comparison((first, second, unknowns) => !lessOrEqual(first, second, unknowns)),
  ge: comparison((first, second, unknowns) => !less(first, second, unknowns)),
};

/** A format must be a plain string; one pointer to it is followed. */
function formatText(format: Maybe, unknowns: Unknowns): string {
  if (format === undefined) failExecution('invalid value; expected string');
  const isPointer = format.kind === 'ptr' && format.type.elem?.().name === 'string';
  const value = isPointer ? known(format.data) : format;
  if (value === null) failExecution('dereference of nil pointer of type string');
  if (value.kind !== 'string' || value.type.name !== 'string')
    failExecution(`wrong type for value; expected string; got ${format.type.name}`);
  return unknowns.known(value.data);
}
