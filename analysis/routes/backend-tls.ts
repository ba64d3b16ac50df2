import { compareText } from '../../core/compare-text.ts';
import { type Inventory, type InventoryObject, listAt, textAt, valueAt } from '../../inventory/index.ts';
import { createdAt, GATEWAY_API, groupAt } from './route.ts';

/** TLS between gateways and Services, as BackendTLSPolicies want it. */
export interface BackendTls {
  /**
   * @param portName of the Service port
   * @returns whether connections fail, since the policy for the port has no authority to hold certificates against
   */
  fails(namespace: string, service: string, portName: string | undefined): boolean;
}

export function backendTlsOf(inventory: Inventory): BackendTls {
  const policies = new Map<string, InventoryObject>();
  const oldestFirst = [...inventory.ofKind('BackendTLSPolicy', GATEWAY_API)].sort(
    (first, second) =>
      compareText(createdAt(first), createdAt(second)) ||
      compareText(first.identity.name, second.identity.name),
  );
  for (const policy of oldestFirst) {
    for (const target of listAt(policy.manifest, 'spec', 'targetRefs')) {
      if (groupAt(target, '') !== '' || textAt(target, 'kind') !== 'Service') continue;
      const key = keyOf(
        policy.identity.namespace,
        textAt(target, 'name') ?? '',
        textAt(target, 'sectionName'),
      );
      // of several for one port the oldest counts
      if (!policies.has(key)) policies.set(key, policy);
    }
  }
  return {
    fails: (namespace, service, portName) => {
      if (policies.size === 0) return false;
      const named = portName === undefined ? undefined : policies.get(keyOf(namespace, service, portName));
      const policy = named ?? policies.get(keyOf(namespace, service, undefined));
      return policy !== undefined && !hasAuthority(inventory, policy);
    },
  };
}

function keyOf(namespace: string | undefined, service: string, portName: string | undefined): string {
  return `${namespace ?? 'default'}/${service}/${portName ?? ''}`;
}

function hasAuthority(inventory: Inventory, { identity, manifest }: InventoryObject): boolean {
  const validation = valueAt(manifest, 'spec', 'validation');
  const references = listAt(validation, 'caCertificateRefs');
  if (references.length === 0) return valueAt(validation, 'wellKnownCACertificates') !== undefined;
  return references.some((reference) => {
    if (groupAt(reference, '') !== '' || textAt(reference, 'kind') !== 'ConfigMap') return false;
    const bundle = inventory.find('', 'ConfigMap', identity.namespace, textAt(reference, 'name') ?? '');
    // one that is not in the input may be made elsewhere
    return (
      bundle === undefined ||
      ['data', 'binaryData'].some((field) => textAt(bundle.manifest, field, 'ca.crt') !== undefined)
    );
  });
}
