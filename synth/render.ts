import { ApiObject, App, JsonPatch, Lazy } from 'cdk8s';
import { KubeObject } from '../constructs/kube-object.ts';
import type { Json, JsonObject } from '../core/manifest.ts';
import { sortedKeys } from './key-order.ts';
import { UnwritableError, within } from './unwritable.ts';

/**
 * Renders an ApiObject to the values that cdk8s's own `toJson` gives, in one pass where cdk8s takes four.
 *
 * An object whose class overrides `toJson` (those that `cdk8s import` generates do), or whose app has resolvers of
 * its own, is rendered by its `toJson`, once.
 *
 * @param app the app above the object, when it is known to the caller
 * @throws UnwritableError where a value cannot be written as JSON
 */
export function render(object: ApiObject, app: App = App.of(object)): JsonObject {
  if (!PLAIN.has(object.toJson) || !hasBuiltInResolversOnly(app)) {
    return renderObject(object.toJson(), false, []) ?? {};
  }
  const manifest = renderObject(propsOf(object), false, [], renderMetadata(object)) ?? {};
  const patches = patchesOf(object);
  return patches.length === 0
    ? manifest
    : (renderObject(JsonPatch.apply(manifest, ...patches), false, []) ?? {});
}

/** `toJson` as cdk8s wrote it; `KubeObject` only narrows its type. */
const PLAIN: ReadonlySet<unknown> = new Set([ApiObject.prototype.toJson, KubeObject.prototype.toJson]);

/** Mirrors `ApiObjectMetadataDefinition.toJson`: empty lists and mappings in metadata are left out. */
function renderMetadata({ metadata }: ApiObject): JsonObject {
  const parts = internals(metadata);
  const all = { ...internals(parts['_additionalAttributes']) };
  for (const part of METADATA_PARTS) all[part] = parts[part];
  return within('metadata', () => renderObject(all, true, [])) ?? {};
}

/** What cdk8s keeps beside the attributes that an object was made with, and lets methods change. */
const METADATA_PARTS = [
  'name',
  'namespace',
  'annotations',
  'finalizers',
  'ownerReferences',
  'labels',
] as const;

/** @param around what the value lies in, from the outside in */
function renderObject(
  value: object,
  withoutEmpty: boolean,
  around: object[],
  metadata?: JsonObject,
): JsonObject | undefined {
  const source = internals(value);
  const result: Record<string, Json> = {};
  let empty = true;
  for (const key of sortedKeys(metadata === undefined ? source : { ...source, metadata })) {
    const rendered =
      key === 'metadata' && metadata !== undefined
        ? metadata
        : within(key, () => renderValue(source[key], withoutEmpty, around));
    if (rendered === undefined) continue;
    if (key === '__proto__')
      throw new UnwritableError('the key __proto__ cannot be written to a manifest', 'give it another name');
    result[key] = rendered;
    empty = false;
  }
  return empty && withoutEmpty ? undefined : result;
}

function renderValue(value: unknown, withoutEmpty: boolean, around: object[]): Json | undefined {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed())
        throw new UnwritableError(
          `${JSON.stringify(value)} is no Unicode text and cannot be written to a manifest`,
          'encode bytes, for example as base64',
        );
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value))
        throw new UnwritableError(`${value} cannot be written to a manifest`, 'give a finite number');
      return value;
    case 'object':
      return value === null ? undefined : renderStructure(value, withoutEmpty, around);
    case 'undefined':
      return undefined;
    default:
      throw new UnwritableError(
        `a ${typeof value} cannot be written to a manifest`,
        typeof value === 'function' ? 'give what it returns' : 'give a number or a text',
      );
  }
}

function renderStructure(value: object, withoutEmpty: boolean, around: object[]): Json | undefined {
  if (around.includes(value))
    throw new UnwritableError(
      'the value holds itself, and a cycle cannot be written to a manifest',
      'give a copy without the reference back',
    );
  around.push(value);
  const rendered = renderKnown(value, withoutEmpty, around);
  around.pop();
  return rendered;
}

function renderKnown(value: object, withoutEmpty: boolean, around: object[]): Json | undefined {
  if (Array.isArray(value)) {
    if (withoutEmpty && value.length === 0) return undefined;
    return value.map((item, index) => within(index, () => renderValue(item, withoutEmpty, around)) ?? null);
  }
  if ('resolve' in value && typeof value.resolve === 'function') {
    return renderValue(value.resolve(), withoutEmpty, around);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return renderObject(value, withoutEmpty, around);
  if (value instanceof Lazy) return renderValue(value.produce(), withoutEmpty, around);
  const { value: union } = internals(value);
  if (typeof union === 'string' || typeof union === 'number') return { value: union };
  throw new UnwritableError(
    `an instance of ${value.constructor.name} cannot be written to a manifest`,
    value instanceof Date ? 'give its text, such as that of toISOString()' : 'give a plain object or a text',
  );
}

/** cdk8s appends its three (lazy, implicit token, number-or-string union) to those an app is given. */
function hasBuiltInResolversOnly(app: App): boolean {
  const { resolvers } = internals(app);
  return Array.isArray(resolvers) && resolvers.length === 3;
}

function propsOf(object: ApiObject): Record<string, unknown> {
  return internals(internals(object)['props']);
}

function patchesOf(object: ApiObject): readonly JsonPatch[] {
  const { patches } = internals(object);
  return Array.isArray(patches) ? patches : [];
}

/** cdk8s keeps these members private and offers no cheaper way to them; a test holds the result against `toJson`. */
function internals(value: unknown): Record<string, unknown> {
  return Object(value);
}
