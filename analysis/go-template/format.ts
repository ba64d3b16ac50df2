import { Undetermined } from './error.ts';
import { decimal } from './float.ts';
import { entriesOf, type GoValue, indirect, known, type Maybe } from './value.ts';

/*
 * What Go's fmt prints for a value without a verb. A struct has a form of its own that no identity is made of, and a
 * pointer inside a value prints as an address: neither is told here.
 */

/** The text that an action writes for its value. */
export function printedAlone(value: Maybe): string {
  return value === undefined ? '<no value>' : printedValue(indirect(value));
}

/**
 * `fmt.Sprint`: a space stands between two values of which neither is a string.
 *
 * @param follows whether pointers are followed first, as functions that escape do
 */
export function printed(args: readonly Maybe[], follows: boolean): string {
  // what is not there is shown by a text in place of it, if pointers are followed
  const isText = (arg: Maybe): boolean =>
    arg === undefined ? follows : textual(follows ? indirect(arg) : arg);
  let text = '';
  for (const [place, arg] of args.entries()) {
    if (place > 0 && !isText(arg) && !isText(args[place - 1])) text += ' ';
    text += follows ? printedAlone(arg) : printedValue(arg);
  }
  return text;
}

function textual(value: Maybe): boolean {
  return value?.kind === 'string';
}

/** `fmt.Sprintln`: a space between any two values, and a line feed. */
export function printedLine(args: readonly Maybe[]): string {
  return `${args.map(printedValue).join(' ')}\n`;
}

/** @throws Undetermined */
export function printedValue(value: Maybe): string {
  if (value === undefined) return '<nil>';
  refuseOwnForm(value);
  switch (value.kind) {
    case 'string':
      return value.data;
    case 'int':
    case 'uint':
    case 'bool':
      return String(known<bigint | boolean>(value.data));
    case 'float':
      return decimal(known(value.data));
    case 'slice':
      return `[${(known(value.data) ?? []).map(printedValue).join(' ')}]`;
    case 'map': {
      const map = known(value.data);
      const entries = map === null ? [] : entriesOf(map);
      return `map[${entries.map(([key, item]) => `${key}:${printedValue(item)}`).join(' ')}]`;
    }
    case 'ptr':
      if (known(value.data) === null) return '<nil>';
      throw new Undetermined(`the address of a value of type ${value.type.elem?.().name}`);
    case 'struct':
      throw new Undetermined(`the form in which Go prints ${value.type.name}`);
    case 'opaque':
      throw new Undetermined(value.data.name);
  }
}

/** Values with a method `String` print what it gives. */
export function refuseOwnForm(value: GoValue): void {
  const type = value.kind === 'ptr' ? value.type.elem?.() : value.type;
  if (type?.methods?.has('String') || type?.methods?.has('Error'))
    throw new Undetermined(`the form in which Go prints ${value.type.name}`);
}
