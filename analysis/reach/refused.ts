import type { Json, JsonObject } from '../../core/manifest.ts';
import { isMap, labelSelector, type Selector, valueAt } from '../../inventory/index.ts';
import { type AddressSet, coversAddresses, parseAddress, parseCidr } from '../sets/index.ts';

/** Why the API server, or a policy's own controller, would not take an object. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/*
 * Strict reading of policies: a value of another type than the field's makes the object one that is refused, not
 * one whose field counts as missing.
 */

/** @returns the list at a key; undefined where it is missing or null. @throws Refused */
export function listOf(value: JsonObject, key: string): readonly Json[] | undefined {
  const found = valueAt(value, key);
  if (found === undefined || found === null) return undefined;
  if (!Array.isArray(found)) throw new Refused(`${key} is no list`);
  return found;
}

/** @returns the map at a key; undefined where it is missing or null. @throws Refused */
export function mapOf(value: JsonObject, key: string): JsonObject | undefined {
  const found = valueAt(value, key);
  if (found === undefined || found === null) return undefined;
  return asMap(found, key);
}

/** @throws Refused where a value is no map; an item of a list that is null counts as an empty one. */
export function asMap(value: Json, name: string): JsonObject {
  if (value === null) return {};
  if (!isMap(value)) throw new Refused(`${name} is no object`);
  return value;
}

/** @returns the text at a key; undefined where it is missing, null or empty. @throws Refused */
export function textOf(value: JsonObject, key: string): string | undefined {
  const found = valueAt(value, key);
  if (found === undefined || found === null || found === '') return undefined;
  if (typeof found !== 'string') throw new Refused(`${key} is no text`);
  return found;
}

/** @returns the selector at a key; undefined where it is missing or null. @throws Refused */
export function selectorOf(value: JsonObject, key: string): Selector | undefined {
  const map = mapOf(value, key);
  if (map === undefined) return undefined;
  const selector = labelSelector(map);
  if (selector === undefined) throw new Refused(`${key} is no valid label selector`);
  return selector;
}

/** @throws Refused where a list holds anything but text */
export function texts(values: readonly Json[], name: string): string[] {
  return values.map((value) => {
    if (typeof value !== 'string') throw new Refused(`${name} holds something that is no text`);
    return value;
  });
}

/** @param bare whether an address without a prefix stands for itself @throws Refused */
export function cidrOf(text: string | undefined, name: string, bare: 'bare' | 'prefix'): AddressSet {
  const alone = text !== undefined && bare === 'bare' && parseAddress(text) !== undefined;
  const set = parseCidr(alone ? `${text}/${text.includes(':') ? 128 : 32}` : (text ?? ''));
  if (set === undefined) throw new Refused(`${name} ${JSON.stringify(text ?? null)} is no CIDR`);
  return set;
}

/** @throws Refused where an exception lies outside of the block that it is cut from */
export function refuseStrayException(block: AddressSet, exception: AddressSet, text: string): void {
  if (!coversAddresses(block, exception)) throw new Refused(`except ${text} is not within its cidr`);
}

/** @returns a port number. @throws Refused */
export function portNumber(value: Json | undefined, name: string, lowest: 0 | 1 = 1): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < lowest || value > 65535)
    throw new Refused(`${name} ${JSON.stringify(value ?? null)} is not between ${lowest} and 65535`);
  return value;
}

/** Service names of IANA, as Kubernetes wants port names: at most 15 lower-case characters with a letter. */
export function isPortName(text: string): boolean {
  return (
    text.length <= 15 &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text) &&
    /[a-z]/.test(text) &&
    !text.includes('--')
  );
}
