import { groupOf, identityText } from '../core/manifest.ts';
import { InputError, type Problem } from '../core/problem.ts';
import type { Inventory, InventoryObject } from './model.ts';
import { scopedNamespace } from './scope.ts';

/**
 * Indexes objects. Objects whose name the API server makes (`generateName`) may share one.
 *
 * @throws InputError where two objects are the same for the API server, which would keep only one of them
 */
export function buildInventory(objects: readonly InventoryObject[]): Inventory {
  const byKind = new Map<string, InventoryObject[]>();
  const byKey = new Map<string, InventoryObject>();
  const problems: Problem[] = [];
  for (const object of objects) {
    const { apiVersion, kind, namespace, name } = object.identity;
    const group = groupOf(apiVersion);
    for (const key of [kind, `${group}/${kind}`]) {
      const list = byKind.get(key);
      if (list === undefined) byKind.set(key, [object]);
      else list.push(object);
    }
    const key = keyOf(group, kind, namespace, name);
    const first = byKey.get(key);
    if (first === undefined) byKey.set(key, object);
    else if (!name.endsWith('*')) problems.push(duplicate(first, object));
  }
  if (problems.length > 0) throw new InputError(problems);
  return {
    objects,
    ofKind: (kind, group) => byKind.get(group === undefined ? kind : `${group}/${kind}`) ?? [],
    find: (group, kind, namespace, name) => byKey.get(keyOf(group, kind, namespace, name)),
  };
}

function keyOf(group: string, kind: string, namespace: string | undefined, name: string): string {
  return JSON.stringify([group, kind, scopedNamespace(group, kind, namespace), name]);
}

function duplicate(first: InventoryObject, second: InventoryObject): Problem {
  return {
    where: placeOf(second),
    what: `${identityText(second.identity)} is defined a second time; the first is at ${placeOf(first)}`,
    remedy: 'remove one of them; if they are of two environments, read each environment by itself',
  };
}

function placeOf(object: InventoryObject): string {
  const { file, line, column } = object.position('');
  return `${file}:${line}:${column}`;
}
