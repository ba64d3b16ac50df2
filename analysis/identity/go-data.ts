import type { Json, JsonObject } from '../../core/manifest.ts';
import { isMap, valueAt } from '../../inventory/index.ts';
import {
  bytesOf,
  type GoMap,
  type GoType,
  type GoValue,
  stringValue,
  Unknown,
  type Unknowns,
  zeroOf,
} from '../go-template/index.ts';

/**
 * What of the data is unknown where it is not written: all of it, or all below some fields. Of a map, entries with
 * certain keys, or with any (`OTHERS`).
 */
export type Blanks = true | { readonly [field: string]: Blanks };

/** Where a value stands, and what is unknown of it. */
interface Place {
  /** The path from the template's data, e.g. `.PodMeta.UID`. */
  readonly name: string;
  readonly blanks: Blanks | undefined;
  readonly unknowns: Unknowns;
}

/** Fields that are never empty when a pod runs. */
const NEVER_EMPTY = new Set([
  'Name',
  'Namespace',
  'UID',
  'NodeName',
  'ServiceAccountName',
  'Image',
  'ResourceVersion',
]);

/** Entries that a map gets at run time besides those that are written. */
export const OTHERS = '*';

/** @returns the Go value that JSON decodes to; what has another type counts as not written. */
export function goValue(type: GoType, json: Json | undefined, place: Place): GoValue {
  const missing = json === undefined || json === null;
  if (missing && place.blanks === true) return unknownValue(type, place);
  switch (type.kind) {
    case 'string':
      return stringValue(typeof json === 'string' ? bytesOf(json) : '', type);
    case 'bool':
      return { kind: 'bool', type, data: json === true };
    case 'int':
    case 'uint':
      return { kind: type.kind, type, data: Number.isSafeInteger(json) ? BigInt(json as number) : 0n };
    case 'float':
      return { kind: 'float', type, data: typeof json === 'number' ? json : 0 };
    case 'opaque':
      return { kind: 'opaque', type, data: new Unknown(place.name) };
    case 'ptr': {
      const target = type.elem?.();
      if (missing || target === undefined) return zeroOf(type);
      return { kind: 'ptr', type, data: goValue(target, json, place) };
    }
    case 'slice':
      return listValue(type, json, place);
    case 'map':
      return mapValue(type, json, place);
    case 'struct':
      return structValue(type, isMap(json) ? json : {}, place);
  }
}

function listValue(type: GoType, json: Json | undefined, place: Place): GoValue {
  const elem = type.elem?.();
  if (!Array.isArray(json) || elem === undefined) return zeroOf(type);
  const items = json.map((item: Json, index) =>
    goValue(elem, item, { ...below(place, OTHERS), name: `${place.name}[${index}]` }),
  );
  return { kind: 'slice', type, data: items };
}

function mapValue(type: GoType, json: Json | undefined, place: Place): GoValue {
  const elem = type.elem?.();
  const later = isMap(place.blanks) ? place.blanks : {};
  const open = Object.keys(later).length > 0;
  if (elem === undefined || (!isMap(json) && !open)) return zeroOf(type);
  const written = isMap(json) ? Object.entries(json) : [];
  const entries = new Map(
    written.map(([key, item]) => [bytesOf(key), goValue(elem, item, below(place, key))] as const),
  );
  const map: GoMap = open
    ? {
        entries,
        later: (key) =>
          Object.hasOwn(later, key) || Object.hasOwn(later, OTHERS)
            ? unknownValue(elem, { ...place, name: `${place.name}[${key}]` })
            : undefined,
      }
    : { entries };
  return { kind: 'map', type, data: map };
}

function structValue(type: GoType, json: JsonObject, place: Place): GoValue {
  const field = (name: string): GoValue => {
    const found = type.fields?.().get(name);
    if (found === undefined) throw new RangeError(`${type.name} has no field ${name}`);
    // the fields of an embedded struct stand beside those of the struct
    if (found.json === '') return goValue(found.type, json, place);
    return goValue(found.type, valueAt(json, found.json), below(place, found.json, name));
  };
  return { kind: 'struct', type, data: { field } };
}

function below({ name, blanks, unknowns }: Place, json: string, field: string = json): Place {
  const inside =
    blanks === true || blanks === undefined ? blanks : Object.hasOwn(blanks, json) ? blanks[json] : undefined;
  return { name: `${name}.${field}`, blanks: inside, unknowns };
}

/** A value of which nothing is known; a pointer to a struct is taken to lead to one of which nothing is. */
function unknownValue(type: GoType, place: Place): GoValue {
  const { name, unknowns } = place;
  switch (type.kind) {
    case 'string':
      return stringValue(unknowns.symbol(name, !NEVER_EMPTY.has(name.split('.').at(-1) ?? '')), type);
    case 'struct':
      return structValue(type, {}, { ...place, blanks: true });
    case 'map':
      return {
        kind: 'map',
        type,
        data: { entries: new Map(), later: (key) => unknownEntry(type, key, place) },
      };
    default:
      return { kind: type.kind, type, data: new Unknown(name) };
  }
}

function unknownEntry(type: GoType, key: string, place: Place): GoValue | undefined {
  const elem = type.elem?.();
  return elem === undefined ? undefined : unknownValue(elem, { ...place, name: `${place.name}[${key}]` });
}
