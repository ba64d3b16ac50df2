import type { JsonObject, Manifest, ObjectIdentity } from '../core/manifest.ts';
import { buildInventory, type Inventory, type InventoryObject } from '../inventory/index.ts';
import { nameOf } from '../inventory/object-shape.ts';

/**
 * An inventory of manifests that stand in no file, for tests of rules and of construct trees.
 *
 * @param file name that findings carry. @default memory
 * @throws InputError where two manifests are the same object
 */
export function inventoryOf(manifests: readonly JsonObject[], file = 'memory'): Inventory {
  return buildInventory(manifests.map((manifest) => objectOf(manifest, file)));
}

function objectOf(manifest: JsonObject, file: string): InventoryObject {
  return {
    identity: identityOf(manifest),
    // rules take what they are given, so a test may hand them what the reader would refuse
    manifest: manifest as Manifest,
    file,
    position: () => ({ file, line: 1, column: 1 }),
  };
}

function identityOf(manifest: JsonObject): ObjectIdentity {
  const { apiVersion, kind, metadata } = manifest;
  const { namespace } = typeof metadata === 'object' && metadata !== null ? (metadata as JsonObject) : {};
  const name = typeof metadata === 'object' && metadata !== null ? nameOf(manifest as Manifest) : '';
  const identity = { apiVersion: String(apiVersion), kind: String(kind), name };
  return typeof namespace === 'string' ? { ...identity, namespace } : identity;
}
