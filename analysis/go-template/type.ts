/** Kinds of Go values, as far as template data has them. */
export type Kind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'string'
  | 'ptr'
  | 'slice'
  | 'map'
  | 'struct'
  | 'opaque';

/** A type of Go. */
export interface GoType {
  /** As Go's reflection spells it, e.g. `map[string]string`, `types.UID`. */
  readonly name: string;
  readonly kind: Kind;
  /** Of pointers, slices and maps. */
  readonly elem?: () => GoType;
  /** Of maps. */
  readonly key?: () => GoType;
  /** Of structs: fields by their Go name, promoted ones included. */
  readonly fields?: () => ReadonlyMap<string, GoField>;
  /** Names of the methods that pointers to values have. */
  readonly methods?: ReadonlySet<string>;
}

export interface GoField {
  readonly type: GoType;
  /** Its name in JSON; empty for an embedded struct whose fields stand in its place. */
  readonly json: string;
}

const basic = (name: string, kind: Kind): GoType => ({ name, kind });

export const STRING = basic('string', 'string');
export const BOOL = basic('bool', 'bool');
export const INT = basic('int', 'int');
export const FLOAT = basic('float64', 'float');
export const BYTE = basic('uint8', 'uint');

/** Go's own types by name. */
export const BASIC_TYPES: ReadonlyMap<string, GoType> = new Map(
  [
    STRING,
    BOOL,
    INT,
    FLOAT,
    BYTE,
    basic('int32', 'int'),
    basic('int64', 'int'),
    basic('float32', 'float'),
  ].map((type) => [type.name, type]),
);
