import Type from 'typebox';
import { groupOf } from '../core/manifest.ts';
import { buildInventory, type Inventory, type InventoryObject, scopedNamespace } from '../inventory/index.ts';
import { inlineObjects } from './inline-objects.ts';
import { QuestionError } from './question.ts';
import { REFERENCE, type Reference, referenceText, refersTo } from './reference.ts';

/** Fields by which a question changes the input for itself alone. */
export const CHANGES = {
  with: Type.Optional(Type.Array(Type.Unknown(), { description: 'objects added for this question' })),
  without: Type.Optional(Type.Array(REFERENCE, { description: 'objects left out for this question' })),
};

/**
 * The input as a question wants it: first without the objects that it leaves out, then with those that it adds.
 * An added object takes the place of one with the same kind, namespace and name, as `kubectl apply` would.
 *
 * @throws QuestionError where an object to leave out is not there, or one to add is no object
 */
export function changed(
  inventory: Inventory,
  added: readonly unknown[],
  removed: readonly Reference[],
): Inventory {
  if (added.length === 0 && removed.length === 0) return inventory;
  const missing = removed.find((reference) => !inventory.ofKind(reference.kind).some(refersTo(reference)));
  if (missing !== undefined)
    throw new QuestionError('not-found', `without: there is no ${referenceText(missing)} in the input`);
  const objects = added.flatMap((object) => inlineObjects(object, 'with'));
  const replaced = new Set(objects.map(keyOf));
  const kept = inventory.objects.filter(
    (object) => !replaced.has(keyOf(object)) && !removed.some((reference) => refersTo(reference)(object)),
  );
  // the last of several added objects with one identity counts
  const last = new Map(objects.map((object) => [keyOf(object), object]));
  return buildInventory([...kept, ...last.values()]);
}

function keyOf({ identity }: InventoryObject): string {
  const group = groupOf(identity.apiVersion);
  const namespace = scopedNamespace(group, identity.kind, identity.namespace);
  return JSON.stringify([group, identity.kind, namespace, identity.name]);
}
