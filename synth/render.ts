import { ApiObject, App, JsonPatch, Lazy } from 'cdk8s';
import { KubeObject } from '../constructs/kube-object.ts';
import type { Json, JsonObject } from '../core/manifest.ts';
import { sortedKeys } from './key-order.ts';

/**
 * Renders an ApiObject to the values that cdk8s's own `toJson` gives, in one pass where cdk8s takes four.
 *
 * An object whose class overrides `toJson` (those that `cdk8s import` generates do), or whose app has resolvers of
 * its own, is rendered by its `toJson`, once.
 *
 * @param app the app above the object, when it is known to the caller
 * @throws Error where a value cannot be written as JSON
 */
export function render(object: ApiObject, app: App = App.of(object)): JsonObject {
  if (!PLAIN.has(object.toJson) || !hasBuiltInResolversOnly(app)) {
    return renderObject(object.toJson(), false) ?? {};
  }
  const manifest = renderObject(propsOf(object), false, renderMetadata(object)) ?? {};
  const patches = patchesOf(object);
  return patches.length === 0 ? manifest : (renderObject(JsonPatch.apply(manifest, ...patches), false) ?? {});
}

/** `toJson` as cdk8s wrote it; `KubeObject` only narrows its type. */
const PLAIN: ReadonlySet<unknown> = new Set([ApiObject.prototype.toJson, KubeObject.prototype.toJson]);

/** Mirrors `ApiObjectMetadataDefinition.toJson`: empty lists and mappings in metadata are left out. */
function renderMetadata({ metadata }: ApiObject): JsonObject {
  const parts = internals(metadata);
  const all = { ...internals(parts['_additionalAttributes']) };
  for (const part of METADATA_PARTS) all[part] = parts[part];
  return renderObject(all, true) ?? {};
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

function renderObject(value: object, withoutEmpty: boolean, metadata?: JsonObject): JsonObject | undefined {
  const source = internals(value);
  const result: Record<string, Json> = {};
  let empty = true;
  for (const key of sortedKeys(metadata === undefined ? source : { ...source, metadata })) {
    const rendered =
      key === 'metadata' && metadata !== undefined ? metadata : renderValue(source[key], withoutEmpty);
    if (rendered === undefined) continue;
    if (key === '__proto__') throw new Error('the key __proto__ cannot be written to a manifest');
    result[key] = rendered;
    empty = false;
  }
  return empty && withoutEmpty ? undefined : result;
}

function renderValue(value: unknown, withoutEmpty: boolean): Json | undefined {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed())
        throw new Error(`${JSON.stringify(value)} is no Unicode text and cannot be written to a manifest`);
      return value;
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`${value} cannot be written to a manifest`);
      return value;
    case 'object':
      return renderStructure(value, withoutEmpty);
    case 'undefined':
      return undefined;
    default:
      throw new Error(`a ${typeof value} cannot be written to a manifest`);
  }
}

function renderStructure(value: object | null, withoutEmpty: boolean): Json | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    if (withoutEmpty && value.length === 0) return undefined;
    return value.map((item) => renderValue(item, withoutEmpty) ?? null);
  }
  if ('resolve' in value && typeof value.resolve === 'function') {
    return renderValue(value.resolve(), withoutEmpty);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return renderObject(value, withoutEmpty);
  if (value instanceof Lazy) return renderValue(value.produce(), withoutEmpty);
  const { value: union } = internals(value);
  if (typeof union === 'string' || typeof union === 'number') return { value: union };
  throw new Error(`an instance of ${value.constructor.name} cannot be written to a manifest`);
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
