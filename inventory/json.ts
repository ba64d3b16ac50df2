import type { Json, JsonObject } from '../core/manifest.ts';

/*
 * Access to manifests of unknown shape. A value of another type than the one asked for counts as not written,
 * and names such as `constructor` are keys like any other.
 */

/** @returns the value at a path of keys and indexes; undefined where it is not written. */
export function valueAt(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string | number, Json | undefined>>)[step];
  }
  return at;
}

/** @returns the text at a path; undefined where there is none, or an empty one. */
export function textAt(value: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** @returns the list at a path, empty where there is none. */
export function listAt(value: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** @returns the map at a path, empty where there is none. */
export function mapAt(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = valueAt(value, ...path);
  return isMap(found) ? found : {};
}

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the text values of a map such as `metadata.labels`. */
export function textMapAt(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapAt(value, ...path)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
