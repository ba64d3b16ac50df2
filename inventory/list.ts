import type { Json, JsonObject } from '../core/manifest.ts';
import { isMap } from './json.ts';
import { pointerOf } from './position.ts';

/** A value that should be an object, and where its fields stand. */
export interface Found {
  readonly value: Json;
  readonly offset: (pointer: string) => number;
}

/** A document's value; the items of a list of objects have their own offsets, found without a walk from its start. */
export interface Value extends Found {
  readonly items: (index: number) => Found['offset'];
}

/** Lists stand for their items, as in kubectl; items of a typed list take version and kind from it where they have none. */
export function* flatten(value: Json, offset: Found['offset'], items?: Value['items']): Generator<Found> {
  if (!isList(value)) {
    yield { value, offset };
    return;
  }
  for (const [index, item] of value.items.entries()) {
    const itemOffset =
      items?.(index) ?? ((pointer: string) => offset(`${pointerOf('items', index)}${pointer}`));
    yield* flatten(withTypeOf(value, item), itemOffset);
  }
}

interface List extends JsonObject {
  readonly kind: string;
  readonly items: readonly Json[];
}

function isList(value: Json): value is List {
  if (!isMap(value) || typeof value['kind'] !== 'string' || !value['kind'].endsWith('List')) return false;
  const named = isMap(value['metadata']) && value['metadata']['name'] !== undefined;
  return !named && Array.isArray(value['items']);
}

function withTypeOf(list: List, item: Json): Json {
  if (!isMap(item) || list.kind === 'List' || item['kind'] !== undefined) return item;
  return { apiVersion: list['apiVersion'] ?? null, kind: list.kind.slice(0, -'List'.length), ...item };
}
