import { compareText } from '../../core/compare-text.ts';
import { Undetermined } from './error.ts';
import { BOOL, type GoType, INT, STRING } from './type.ts';

/** A map as a template sees it. */
export interface GoMap {
  readonly entries: ReadonlyMap<string, GoValue>;
  /**
   * What the map will hold besides when the pod runs.
   *
   * @returns undefined where it will certainly not have the key
   */
  readonly later?: (key: string) => GoValue | undefined;
}

/** A struct as a template sees it; its type tells which fields there are. */
export interface GoStruct {
  field(name: string): GoValue;
}

/** A value of which nothing is known but its type. */
export class Unknown {
  /** The data that it is, e.g. `.PodSpec.Volumes`. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A value of Go: strings as bytes (see bytes.ts), integers as bigint, nil pointers, slices and maps as null. */
export type GoValue =
  | { readonly kind: 'string'; readonly type: GoType; readonly data: string }
  | { readonly kind: 'int' | 'uint'; readonly type: GoType; readonly data: bigint | Unknown }
  | { readonly kind: 'float'; readonly type: GoType; readonly data: number | Unknown }
  | { readonly kind: 'bool'; readonly type: GoType; readonly data: boolean | Unknown }
  | { readonly kind: 'ptr'; readonly type: GoType; readonly data: GoValue | null | Unknown }
  | { readonly kind: 'slice'; readonly type: GoType; readonly data: readonly GoValue[] | null | Unknown }
  | { readonly kind: 'map'; readonly type: GoType; readonly data: GoMap | null | Unknown }
  | { readonly kind: 'struct'; readonly type: GoType; readonly data: GoStruct }
  | { readonly kind: 'opaque'; readonly type: GoType; readonly data: Unknown };

/** Go's invalid value, e.g. what a missing key of a map gives, is undefined. */
export type Maybe = GoValue | undefined;

export function stringValue(bytes: string, type: GoType = STRING): GoValue {
  return { kind: 'string', type, data: bytes };
}

export function intValue(value: bigint | number, type: GoType = INT): GoValue {
  return { kind: type.kind === 'uint' ? 'uint' : 'int', type, data: BigInt(value) };
}

export function boolValue(value: boolean): GoValue {
  return { kind: 'bool', type: BOOL, data: value };
}

/**
 * @returns the data, which must be known
 * @throws Undetermined
 */
export function known<Data>(data: Data | Unknown): Exclude<Data, Unknown> {
  if (data instanceof Unknown) throw new Undetermined(data.name);
  return data as Exclude<Data, Unknown>;
}

/** @returns what pointers lead to, and a nil pointer where they end in one. */
export function indirect(value: Maybe): Maybe {
  let at = value;
  while (at?.kind === 'ptr') {
    const target: GoValue | null = known(at.data);
    if (target === null) return at;
    at = target;
  }
  return at;
}

/** @returns the entries of a map by key in Go's order, all of them known. */
export function entriesOf(map: GoMap): [string, GoValue][] {
  if (map.later !== undefined) throw new Undetermined('keys that a map gets at run time');
  return [...map.entries].sort(([a], [b]) => compareText(a, b));
}

/** @returns the zero value of a type. */
export function zeroOf(type: GoType): GoValue {
  switch (type.kind) {
    case 'string':
      return { kind: 'string', type, data: '' };
    case 'int':
    case 'uint':
      return { kind: type.kind, type, data: 0n };
    case 'float':
      return { kind: 'float', type, data: 0 };
    case 'bool':
      return { kind: 'bool', type, data: false };
    case 'ptr':
    case 'slice':
    case 'map':
      return { kind: type.kind, type, data: null };
    case 'struct':
      return {
        kind: 'struct',
        type,
        data: { field: (name) => zeroOf(fieldType(type, name)) },
      };
    case 'opaque':
      return { kind: 'opaque', type, data: new Unknown(`a value of type ${type.name}`) };
  }
}

function fieldType(type: GoType, name: string): GoType {
  const field = type.fields?.().get(name);
  if (field === undefined) throw new RangeError(`${type.name} has no field ${name}`);
  return field.type;
}
