import type { Json, JsonObject } from '../../core/manifest.ts';
import { isMap, pointerOf, valueAt } from '../../inventory/index.ts';

/** A field of a pod that has another type than the API gives it; the API server would refuse the object. */
export class InvalidField extends Error {
  /** JSON pointer into the object. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'InvalidField';
    this.path = path;
  }
}

/** A map of a manifest, and where it stands. */
export interface Node {
  readonly value: JsonObject;
  /** JSON pointer into the object. */
  readonly path: string;
}

/*
 * Reading of single fields. One that is not written, or is null, is unset, as it is for the API server.
 * All throw InvalidField on a value of another type.
 */

/** @returns undefined where the field is unset. */
export function boolAt(node: Node | undefined, field: string): boolean | undefined {
  const value = writtenAt(node, field);
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType(node, field, 'true or false');
}

/** @returns undefined where the field is unset. */
export function textAt(node: Node | undefined, field: string): string | undefined {
  const value = writtenAt(node, field);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(node, field, 'text');
}

/** @returns undefined where the field is unset. */
export function integerAt(node: Node | undefined, field: string): number | undefined {
  const value = writtenAt(node, field);
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value))) return value;
  throw wrongType(node, field, 'a whole number');
}

/** @returns undefined where the field is unset. */
export function mapAt(node: Node | undefined, field: string): Node | undefined {
  const value = writtenAt(node, field);
  if (value === undefined || node === undefined) return undefined;
  if (isMap(value)) return { value, path: pathAt(node, field) };
  throw wrongType(node, field, 'a map');
}

/** The maps of a list; one that is null has no field set. */
export function mapsAt(node: Node | undefined, field: string): readonly Node[] {
  return itemsAt(node, field).map(({ value, path }) => {
    if (value === null) return { value: {}, path };
    if (isMap(value)) return { value, path };
    throw new InvalidField(path, 'is not a map');
  });
}

/** The texts of a list. */
export function textsAt(
  node: Node | undefined,
  field: string,
): readonly { readonly value: string; readonly path: string }[] {
  return itemsAt(node, field).map(({ value, path }) => {
    if (value === null) return { value: '', path };
    if (typeof value === 'string') return { value, path };
    throw new InvalidField(path, 'is not text');
  });
}

/** @returns the JSON pointer of a field, written or not. */
export function pathAt(node: Node, ...fields: readonly (string | number)[]): string {
  return `${node.path}${pointerOf(...fields)}`;
}

function itemsAt(node: Node | undefined, field: string): readonly { value: Json; path: string }[] {
  const value = writtenAt(node, field);
  if (value === undefined || node === undefined) return [];
  if (!Array.isArray(value)) throw wrongType(node, field, 'a list');
  return value.map((item: Json, index) => ({ value: item, path: pathAt(node, field, index) }));
}

function writtenAt(node: Node | undefined, field: string): Exclude<Json, null> | undefined {
  return valueAt(node?.value, field) ?? undefined;
}

function wrongType(node: Node | undefined, field: string, type: string): InvalidField {
  return new InvalidField(node === undefined ? '' : pathAt(node, field), `is not ${type}`);
}
