import { groupOf, type Json } from '../../core/manifest.ts';
import {
  type Inventory,
  type InventoryObject,
  labelSelector,
  listAt,
  namespaceLabels,
  selects,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import type { NamedTarget } from './reference.ts';

/** Who may refer into which namespace, as ReferenceGrants say. */
export interface Grants {
  permits(from: InventoryObject, to: NamedTarget): boolean;
}

export function indexGrants(inventory: Inventory): Grants {
  const names = new Set<string>();
  for (const { identity, manifest } of inventory.ofKind('ReferenceGrant', 'gateway.networking.k8s.io')) {
    const namespace = identity.namespace ?? 'default';
    for (const from of listAt(manifest, 'spec', 'from')) {
      const source = [
        valueAt(from, 'group') ?? '',
        valueAt(from, 'kind') ?? '',
        valueAt(from, 'namespace') ?? '',
      ];
      for (const to of listAt(manifest, 'spec', 'to')) {
        names.add(
          JSON.stringify([
            namespace,
            ...source,
            valueAt(to, 'group') ?? '',
            valueAt(to, 'kind') ?? '',
            textAt(to, 'name') ?? '*',
          ]),
        );
      }
    }
  }
  return {
    permits: ({ identity }, to) => {
      const { apiVersion, kind, namespace } = identity;
      const path = [to.namespace, groupOf(apiVersion), kind, namespace ?? 'default', to.group, to.kind];
      return names.has(JSON.stringify([...path, '*'])) || names.has(JSON.stringify([...path, to.name]));
    },
  };
}

/** @returns whether a listener lets routes of a namespace attach; without `allowedRoutes`, those of its own. */
export function listenerAdmits(
  inventory: Inventory,
  gateway: InventoryObject,
  listener: Json,
  namespace: string,
): boolean {
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
  if (from === 'All') return true;
  if (from === 'Same') return namespace === (gateway.identity.namespace ?? 'default');
  if (from !== 'Selector') return false;
  const selector = labelSelector(valueAt(listener, 'allowedRoutes', 'namespaces', 'selector'));
  return selector !== undefined && selects(selector, namespaceLabels(inventory, namespace));
}
