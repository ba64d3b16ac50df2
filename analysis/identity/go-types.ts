import { BASIC_TYPES, type GoField, type GoType, type Kind } from '../go-template/index.ts';
import described from './go-types.generated.json' with { type: 'json' };

/**
 * The Go types of what a template of the SPIRE controller manager sees, as k8s.io/api declares them; written by
 * `go run . types` in test/acceptance/go-template-oracle.
 */
interface Described {
  readonly kind: string;
  readonly methods: number;
  /** Of maps that have a name. */
  readonly key?: string;
  readonly elem?: string;
  /** Go name, type, and name in JSON, empty where the fields of an embedded struct stand in its place. */
  readonly fields?: readonly (readonly string[])[];
}

const TYPES: ReadonlyMap<string, Described> = new Map(Object.entries(described.types));

const METHODS: readonly ReadonlySet<string>[] = described.methodSets.map((names) => new Set(names));

/** Types with a form in JSON of their own. */
const OPAQUE = new Set(['time.Time', 'v1.Time', 'v1.FieldsV1', 'resource.Quantity', 'intstr.IntOrString']);

const known = new Map<string, GoType>();

/** The type of the data of every template. */
export function templateDataType(): GoType {
  return typeNamed('main.templateData');
}

function typeNamed(name: string): GoType {
  const type = known.get(name) ?? BASIC_TYPES.get(name) ?? made(name);
  known.set(name, type);
  return type;
}

function made(name: string): GoType {
  if (name.startsWith('*')) return { name, kind: 'ptr', elem: () => typeNamed(name.slice(1)) };
  if (name.startsWith('[]')) return { name, kind: 'slice', elem: () => typeNamed(name.slice(2)) };
  const [, key, elem] = /^map\[([^\]]+)\](.+)$/.exec(name) ?? [];
  if (key !== undefined && elem !== undefined)
    return { name, kind: 'map', key: () => typeNamed(key), elem: () => typeNamed(elem) };
  const info = TYPES.get(name);
  const methods = METHODS[info?.methods ?? -1];
  const base = { name, ...(methods !== undefined && methods.size > 0 && { methods }) };
  if (info === undefined || OPAQUE.has(name)) return { ...base, kind: 'opaque' };
  const { key: keyName, elem: elemName } = info;
  if (keyName !== undefined && elemName !== undefined)
    return { ...base, kind: 'map', key: () => typeNamed(keyName), elem: () => typeNamed(elemName) };
  if (info.kind !== 'struct') return { ...base, kind: kindOf(info.kind) };
  let fields: ReadonlyMap<string, GoField> | undefined;
  return {
    ...base,
    kind: 'struct',
    fields: () => {
      fields ??= fieldsOf(info);
      return fields;
    },
  };
}

function kindOf(kind: string): Kind {
  if (kind === 'string' || kind === 'bool') return kind;
  return kind.startsWith('int') ? 'int' : kind.startsWith('uint') ? 'uint' : 'opaque';
}

/** A field of the struct itself hides one that an embedded struct promotes. */
function fieldsOf({ fields = [] }: Described): ReadonlyMap<string, GoField> {
  const own = new Map<string, GoField>();
  const promoted = new Map<string, GoField>();
  for (const [name = '', typeName = '', json = ''] of fields) {
    const type = typeNamed(typeName);
    own.set(name, { type, json });
    if (json === '') for (const [inner, field] of type.fields?.() ?? []) promoted.set(inner, field);
  }
  return new Map([...promoted, ...own]);
}
