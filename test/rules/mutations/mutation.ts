import type { Json, JsonObject } from '../../../core/manifest.ts';
import { pointerSegments } from '../../../inventory/index.ts';

/** The environments of Agentweaver in this repository that mutations start from. */
export const ENVIRONMENTS = ['sqlite', 'full'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

/** One way to break synthesized manifests, so that one rule must fire. */
export interface Mutation {
  /** What is broken, for the table that the test prints. */
  readonly what: string;
  readonly environment: EnvironmentName;
  /** The object that the finding must blame, as `Kind name`. */
  readonly blames: string;
  /** @returns the manifests with the fault in them; those that keep are the same objects. */
  readonly apply: (manifests: Manifests) => Manifests;
}

/** Manifests by `Kind name`. */
export type Manifests = ReadonlyMap<string, JsonObject>;

/** Mutations by rule id. */
export type Mutations = Readonly<Record<string, Mutation>>;

interface Options {
  /** @default full, where every option of the platform is on */
  readonly environment?: EnvironmentName;
  /** @default the object that the mutation changes or adds */
  readonly blames?: string;
}

/**
 * Changes fields of one object.
 *
 * @param target `Kind name`
 * @param fields values by JSON pointer; `undefined` removes the field. In a pointer, an item of a list may be
 * written as its `name`, and `-` adds one
 */
export function change(
  target: string,
  fields: Readonly<Record<string, Json | undefined>>,
  options: Options = {},
): Mutation {
  const what = Object.entries(fields).map(([pointer, value]) =>
    value === undefined ? `without ${pointer}` : `${pointer}: ${shorten(JSON.stringify(value))}`,
  );
  return mutation(`${target} ${what.join(', ')}`, target, options, (manifests) => {
    const copy = structuredClone(found(manifests, target)) as Record<string, Json | undefined>;
    for (const [pointer, value] of Object.entries(fields)) write(copy, pointerSegments(pointer), value);
    manifests.set(target, copy);
  });
}

/** Takes one object away. */
export function remove(target: string, options: Options = {}): Mutation {
  return mutation(`without ${target}`, target, options, (manifests) => {
    found(manifests, target);
    manifests.delete(target);
  });
}

/** Adds objects; without other word the first is blamed. */
export function add(...given: readonly [JsonObject, ...JsonObject[]]): Mutation {
  return addBlaming(targetOf(given[0]), ...given);
}

/** Adds objects, for which a certain object must be blamed. */
export function addBlaming(blames: string, ...given: readonly JsonObject[]): Mutation {
  return mutation(`with ${given.map(targetOf).join(' and ')}`, blames, {}, (manifests) => {
    for (const manifest of given) manifests.set(targetOf(manifest), manifest);
  });
}

/** Several mutations as one; the last one tells what is blamed and in which environment. */
export function together(...mutations: readonly [Mutation, ...Mutation[]]): Mutation {
  const last = mutations.at(-1) ?? mutations[0];
  return {
    what: mutations.map(({ what }) => what).join('; '),
    environment: last.environment,
    blames: last.blames,
    apply: (manifests) => mutations.reduce((given, { apply }) => apply(given), manifests),
  };
}

/** @returns how mutations name a manifest. */
export function targetOf({ kind, metadata }: JsonObject): string {
  const { name, generateName } = (metadata ?? {}) as JsonObject;
  return `${String(kind)} ${String(name ?? `${String(generateName)}*`)}`;
}

type Editable = Json[] | Record<string, Json | undefined>;

function mutation(
  what: string,
  target: string,
  { environment = 'full', blames = target }: Options,
  edit: (manifests: Map<string, JsonObject>) => void,
): Mutation {
  return {
    what,
    environment,
    blames,
    apply: (manifests) => {
      const edited = new Map(manifests);
      edit(edited);
      return edited;
    },
  };
}

function found(manifests: Manifests, target: string): JsonObject {
  const manifest = manifests.get(target);
  if (manifest === undefined) throw new Error(`the manifests hold no ${target}`);
  return manifest;
}

function write(parent: Editable, [token, ...rest]: readonly string[], value: Json | undefined): void {
  if (token === undefined) throw new Error('a pointer of a mutation names a field');
  const key = keyOf(parent, token);
  const slots = parent as Record<string | number, Json | undefined>;
  if (rest.length > 0) {
    slots[key] ??= {};
    write(slots[key] as Editable, rest, value);
  } else if (value !== undefined) slots[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete slots[key];
}

function keyOf(parent: Editable, token: string): string | number {
  if (!Array.isArray(parent)) return token;
  if (token === '-') return parent.length;
  if (/^\d+$/.test(token)) return Number(token);
  const index = parent.findIndex((item) => (item as JsonObject)['name'] === token);
  if (index < 0) throw new Error(`no item of the list is named ${token}`);
  return index;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
