import { equalitySelector, type Inventory, listAt, textAt, valueAt } from '../../inventory/index.ts';
import { labelName, selectsUnknown } from './selection.ts';
import type { Subject } from './subject.ts';

/** DNS names that Services give a pod. */
export interface ServiceNames {
  /** Each name in every length that the cluster resolves, sorted. */
  readonly names: readonly string[];
  /** What decides whether there are more. */
  readonly open: readonly string[];
}

/** @returns the names of Services whose selector a pod matches, and of those whose Endpoints list it. */
export function serviceNames(inventory: Inventory, subject: Subject, clusterDomain: string): ServiceNames {
  const names = new Set(listingEndpoints(inventory, subject));
  const open: string[] = [];
  for (const { identity, manifest } of inventory.ofKind('Service', '')) {
    if ((identity.namespace ?? 'default') !== subject.namespace) continue;
    const selector = equalitySelector(valueAt(manifest, 'spec', 'selector')) ?? [];
    if (valueAt(manifest, 'spec', 'type') === 'ExternalName' || selector.length === 0) continue;
    const selected = selectsUnknown(selector, subject.labels, subject.laterLabels, labelName);
    if (selected === true) names.add(identity.name);
    else if (selected !== false) open.push(...selected);
  }
  return {
    names: [...names].flatMap((name) => lengths(name, subject.namespace, clusterDomain)).sort(),
    open,
  };
}

function lengths(name: string, namespace: string, clusterDomain: string): string[] {
  const full = `${name}.${namespace}`;
  return [name, full, `${full}.svc`, `${full}.svc.${clusterDomain}`];
}

function listingEndpoints(inventory: Inventory, { namespace, uid }: Subject): string[] {
  if (uid === undefined) return [];
  return inventory
    .ofKind('Endpoints', '')
    .filter(
      ({ identity, manifest }) =>
        (identity.namespace ?? 'default') === namespace &&
        listAt(manifest, 'subsets').some((subset) =>
          [...listAt(subset, 'addresses'), ...listAt(subset, 'notReadyAddresses')].some(
            (address) => textAt(address, 'targetRef', 'uid') === uid,
          ),
        ),
    )
    .map(({ identity }) => identity.name);
}
