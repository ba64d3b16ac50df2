import { equalitySelector, type Inventory, listAt, selects, textAt, valueAt } from '../../inventory/index.ts';
import type { Subject } from './subject.ts';

/**
 * DNS names of the Services before a pod: of those whose selector it matches, and of those whose Endpoints list it.
 *
 * @returns each name in every length that the cluster resolves, sorted
 */
export function serviceNames(inventory: Inventory, subject: Subject, clusterDomain: string): string[] {
  const names = [...selectingServices(inventory, subject), ...listingEndpoints(inventory, subject)];
  const { namespace } = subject;
  return [...new Set(names)]
    .flatMap((name) => [
      name,
      `${name}.${namespace}`,
      `${name}.${namespace}.svc`,
      `${name}.${namespace}.svc.${clusterDomain}`,
    ])
    .sort();
}

function selectingServices(inventory: Inventory, { namespace, labels }: Subject): string[] {
  return inventory
    .ofKind('Service', '')
    .filter(({ identity, manifest }) => {
      const selector = equalitySelector(valueAt(manifest, 'spec', 'selector'));
      return (
        (identity.namespace ?? 'default') === namespace &&
        valueAt(manifest, 'spec', 'type') !== 'ExternalName' &&
        selector !== undefined &&
        selector.length > 0 &&
        selects(selector, labels)
      );
    })
    .map(({ identity }) => identity.name);
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
