import type { Json, JsonObject } from '../core/manifest.ts';
import { pointerSegment } from '../core/pointer.ts';
import table from './fields.generated.json' with { type: 'json' };

/**
 * A type of the table: fields with the types of their values, `[type]` for a map with values of a type, `null` for
 * anything. Lists have the type of their items.
 */
export type FieldType = null | readonly [number] | Readonly<Record<string, number>>;

/** Type of a kind, the package that holds its validator, and the validator's name. */
export type KindFields = readonly [type: number, packageIndex: number, definition: string];

/** The fields of every kind, as `tools/generate-fields.ts` writes them. */
export interface FieldTable {
  readonly packages: readonly string[];
  /** By `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, KindFields>>;
  /** By name of the OpenAPI definition, in camel case: `IoK8sApiCoreV1PodSpec`. */
  readonly definitions: Readonly<Record<string, number>>;
  readonly types: readonly FieldType[];
}

/** A field that the API does not know. */
export interface UnknownField {
  /** JSON pointer (RFC 6901) of the field. */
  readonly path: string;
  readonly field: string;
  /** The fields that stand in its place. */
  readonly known: readonly string[];
}

const { kinds, definitions, types, packages } = table as unknown as FieldTable;

/** Where the validator of a type is to be had. */
export interface Validator {
  readonly package: string;
  /** Name of the OpenAPI definition in camel case, e.g. `IoK8sApiAppsV1Deployment`. */
  readonly definition: string;
}

/** @returns the package and name of a kind's validator; undefined for a kind that the table does not know. */
export function validatorOf(apiVersion: string, kind: string): Validator | undefined {
  const key = `${apiVersion}/${kind}`;
  const [, packageIndex = 0, definition] = (Object.hasOwn(kinds, key) && kinds[key]) || [];
  const name = packages[packageIndex];
  return definition === undefined || name === undefined ? undefined : { package: name, definition };
}

const kindsByVersion = Map.groupBy(Object.keys(kinds), (key) => key.slice(0, key.lastIndexOf('/')));

/** @returns the kinds that the table knows of a group and version such as `apps/v1`, in code-unit order. */
export function kindsOf(apiVersion: string): string[] {
  return (kindsByVersion.get(apiVersion) ?? []).map((key) => key.slice(apiVersion.length + 1)).sort();
}

/** @returns the fields of an object that its API does not know; none for a kind that the table does not know. */
export function unknownFields(object: JsonObject, apiVersion: string, kind: string): UnknownField[] {
  const key = `${apiVersion}/${kind}`;
  const [type = 0] = (Object.hasOwn(kinds, key) && kinds[key]) || [];
  const found: UnknownField[] = [];
  visit(object, type, '', found);
  return found;
}

/**
 * As {@link unknownFields}, for a value of a type that objects of other kinds hold.
 *
 * @param definition name of the OpenAPI definition in camel case, e.g. `IoK8sApiCoreV1PodSpec`
 * @param path JSON pointer of the value
 */
export function unknownFieldsOf(value: Json, definition: string, path: string): UnknownField[] {
  const found: UnknownField[] = [];
  visit(value, (Object.hasOwn(definitions, definition) && definitions[definition]) || 0, path, found);
  return found;
}

function visit(value: Json | undefined, id: number, path: string, found: UnknownField[]): void {
  const type = types[id];
  if (type === null || type === undefined || typeof value !== 'object' || value === null) return;
  if (isList(value)) {
    value.forEach((item, index) => {
      visit(item, id, `${path}/${index}`, found);
    });
    return;
  }
  for (const field in value) {
    const item = value[field];
    const inner = isMapType(type) ? type[0] : Object.hasOwn(type, field) ? type[field] : undefined;
    if (inner === undefined && item !== undefined) {
      found.push({ path: `${path}/${pointerSegment(field)}`, field, known: Object.keys(type) });
    } else if (inner !== 0 && typeof item === 'object') {
      visit(item, inner ?? 0, `${path}/${pointerSegment(field)}`, found);
    }
  }
}

function isMapType(type: NonNullable<FieldType>): type is readonly [number] {
  return Array.isArray(type);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
