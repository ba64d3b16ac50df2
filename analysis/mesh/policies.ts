import type { Inventory, InventoryObject, Labels } from '../../inventory/index.ts';
import { authorizationPolicy } from './authorization-policy.ts';
import { Refused, selectsWorkload } from './field.ts';
import type { AuthorizationPolicy, Ignored } from './model.ts';
import { type PeerAuthentication, peerAuthentication } from './peer-authentication.ts';

const GROUP = 'security.istio.io';

/** The mesh policies of the input. */
export interface MeshPolicies {
  readonly authorization: readonly AuthorizationPolicy[];
  readonly peerAuthentication: readonly PeerAuthentication[];
  readonly ignored: readonly Ignored[];
}

const cache = new WeakMap<Inventory, MeshPolicies>();

export function meshPoliciesOf(inventory: Inventory): MeshPolicies {
  const known = cache.get(inventory);
  if (known !== undefined) return known;
  const ignored: Ignored[] = [];
  const read = <Policy>(kind: string, parse: (object: InventoryObject) => Policy | undefined): Policy[] =>
    inventory.ofKind(kind, GROUP).flatMap((object) => {
      try {
        return parse(object) ?? [];
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { namespace = 'default', name } = object.identity;
        ignored.push({ kind, namespace, name, reason: error.message });
        return [];
      }
    });
  const policies = {
    authorization: read('AuthorizationPolicy', authorizationPolicy),
    peerAuthentication: read('PeerAuthentication', peerAuthentication),
    ignored,
  };
  cache.set(inventory, policies);
  return policies;
}

/** @returns whether a policy applies to a pod, at its sidecar or its node's ztunnel; attached policies do not. */
export function appliesToPod(
  { namespace, selector, targets }: AuthorizationPolicy,
  pod: { readonly namespace: string; readonly labels: Labels },
  root: string,
): boolean {
  return (
    targets.length === 0 &&
    (namespace === pod.namespace || namespace === root) &&
    selectsWorkload(selector, pod.labels)
  );
}
