import type { Unknowns } from './bytes.ts';
import { failExecution, Undetermined } from './error.ts';
import { type GoValue, known, type Maybe } from './value.ts';

const BASIC: ReadonlySet<string> = new Set(['bool', 'int', 'uint', 'float', 'string']);

/**
 * `eq`: whether the first value equals any of the others.
 *
 * @throws TemplateError
 * @throws Undetermined
 */
export function equal(first: Maybe, others: readonly Maybe[], unknowns: Unknowns): boolean {
  if (others.length === 0) failExecution('missing argument for comparison');
  return others.some((other) => equalTo(first, other, unknowns));
}

function equalTo(first: Maybe, second: Maybe, unknowns: Unknowns): boolean {
  if (first === undefined || second === undefined) return isNil(first) && isNil(second);
  if (isInteger(first) && isInteger(second)) return known(first.data) === known(second.data);
  if (BASIC.has(first.kind) || BASIC.has(second.kind)) {
    if (first.kind !== second.kind)
      failExecution(`incompatible types for comparison: ${first.type.name} and ${second.type.name}`);
    if (first.kind === 'string' && second.kind === 'string')
      return equalText(first.data, second.data, unknowns);
    return knownBasic(first) === knownBasic(second);
  }
  if (first.kind !== second.kind)
    failExecution(`non-comparable types ${first.type.name}, ${second.type.name}`);
  if (isNil(first) || isNil(second)) return isNil(first) === isNil(second);
  if (second.kind === 'slice' || second.kind === 'map')
    failExecution(`non-comparable type ${second.type.name}`);
  throw new Undetermined(`the comparison of two values of type ${first.type.name}`);
}

/** Of unknown texts, the same are equal, and all others may be. */
function equalText(first: string, second: string, unknowns: Unknowns): boolean {
  return first === second || unknowns.known(first) === unknowns.known(second);
}

/** Go compares an invalid value with values of basic kinds as well: none equals it. */
function isNil(value: Maybe): boolean {
  if (value === undefined) return true;
  return (
    (value.kind === 'ptr' || value.kind === 'slice' || value.kind === 'map') && known(value.data) === null
  );
}

function isInteger(value: GoValue): value is GoValue & { kind: 'int' | 'uint' } {
  return value.kind === 'int' || value.kind === 'uint';
}

function knownBasic(value: GoValue): unknown {
  return value.kind === 'string' ? value.data : known(value.data as unknown);
}

/**
 * `lt`: whether a value is less than another.
 *
 * @throws TemplateError
 * @throws Undetermined
 */
export function less(first: Maybe, second: Maybe, unknowns: Unknowns): boolean {
  if (first === undefined || second === undefined || !BASIC.has(first.kind) || !BASIC.has(second.kind))
    return failExecution('invalid type for comparison');
  if (isInteger(first) && isInteger(second)) return known(first.data) < known(second.data);
  if (first.kind !== second.kind)
    return failExecution(`incompatible types for comparison: ${first.type.name} and ${second.type.name}`);
  if (first.kind === 'string' && second.kind === 'string')
    return first.data !== second.data && unknowns.known(first.data) < unknowns.known(second.data);
  if (first.kind === 'float' && second.kind === 'float') return known(first.data) < known(second.data);
  return failExecution('invalid type for comparison');
}
