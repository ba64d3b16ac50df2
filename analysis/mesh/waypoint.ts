import {
  equalitySelector,
  type Inventory,
  type InventoryObject,
  selects,
  textAt,
  textMapAt,
  valueAt,
} from '../../inventory/index.ts';
import type { Pod } from '../reach/index.ts';
import { type Identity, identityOf } from './connection.ts';
import type { AuthorizationPolicy } from './model.ts';
import type { Ternary } from './ternary.ts';

const GATEWAY_API = 'gateway.networking.k8s.io';
const CLASS = 'istio-waypoint';

/** The waypoint that a connection goes through. */
export interface Waypoint {
  /** Undefined where it is not in the input. */
  readonly gateway: InventoryObject | undefined;
  /** What ztunnel sees of it; undefined where that is not known. */
  readonly identity: Identity | undefined;
  /** That the client speaks to, as the waypoint sees it; undefined where that is not certain. */
  readonly port: number | undefined;
  /** Services that a policy could be meant for, where the question names a pod. */
  readonly servicesOfPod: readonly InventoryObject[];
}

/**
 * The waypoint of a Service, or of a pod where the client speaks to no Service.
 *
 * @param named whether the question says that there is one
 * @returns undefined where there is none
 */
export function waypointOf(
  inventory: Inventory,
  service: InventoryObject | undefined,
  to: Pod,
  port: number | undefined,
  named: boolean,
  trustDomain: string,
): Waypoint | undefined {
  const namespace = service?.identity.namespace ?? to.namespace;
  const labels = {
    ...to.namespaceLabels,
    ...(service === undefined ? to.labels : textMapAt(service.manifest, 'metadata', 'labels')),
  };
  const name = labels['istio.io/use-waypoint'];
  const inNamespace = labels['istio.io/use-waypoint-namespace'] ?? namespace;
  if (!named && (name === undefined || name === 'none')) return undefined;
  const gateways = inventory
    .ofKind('Gateway', GATEWAY_API)
    .filter(({ manifest }) => textAt(manifest, 'spec', 'gatewayClassName') === CLASS);
  const gateway =
    name === undefined
      ? onlyOne(gateways.filter(({ identity }) => (identity.namespace ?? 'default') === namespace))
      : gateways.find(
          ({ identity }) => identity.name === name && (identity.namespace ?? 'default') === inNamespace,
        );
  if (!named && !isFor(gateway, service === undefined ? 'workload' : 'service')) return undefined;
  return {
    gateway,
    identity: gateway === undefined ? undefined : identityOfGateway(gateway, trustDomain),
    port,
    servicesOfPod: service === undefined ? servicesOf(to, inventory) : [],
  };
}

/** Whether a waypoint takes what is sent to Services, or to pods by their addresses. */
function isFor(gateway: InventoryObject | undefined, sent: 'service' | 'workload'): boolean {
  const labels = gateway === undefined ? {} : textMapAt(gateway.manifest, 'metadata', 'labels');
  const purpose = labels['istio.io/waypoint-for'] ?? 'service';
  return purpose === sent || purpose === 'all';
}

/** A waypoint runs as a ServiceAccount of its own name, unless annotations give it another. */
function identityOfGateway(
  { identity, manifest }: InventoryObject,
  trustDomain: string,
): Identity | undefined {
  const annotations = Object.keys(textMapAt(manifest, 'metadata', 'annotations'));
  if (annotations.some((key) => key.startsWith('gateway.istio.io/'))) return undefined;
  return identityOf(`${trustDomain}/ns/${identity.namespace ?? 'default'}/sa/${identity.name}`);
}

function onlyOne<Item>([item, ...others]: readonly Item[]): Item | undefined {
  return others.length === 0 ? item : undefined;
}

function servicesOf(pod: Pod, inventory: Inventory): InventoryObject[] {
  return inventory.ofKind('Service', '').filter(({ identity, manifest }) => {
    const selector = equalitySelector(valueAt(manifest, 'spec', 'selector'));
    return (
      (identity.namespace ?? 'default') === pod.namespace &&
      selector !== undefined &&
      selector.length > 0 &&
      selects(selector, pod.labels)
    );
  });
}

/** @returns the policies of a waypoint; undefined where that is not certain. */
export function waypointPolicies(
  policies: readonly AuthorizationPolicy[],
  waypoint: Waypoint,
  service: InventoryObject | undefined,
  root: string,
): AuthorizationPolicy[] | undefined {
  const applying = policies.map((policy) => applies(policy, waypoint, service, root));
  return applying.includes(undefined) ? undefined : policies.filter((_, index) => applying[index] === true);
}

function applies(
  policy: AuthorizationPolicy,
  { gateway, servicesOfPod }: Waypoint,
  service: InventoryObject | undefined,
  root: string,
): Ternary {
  // a waypoint has only what is attached, whatever applies to its namespace
  if (policy.targets.length === 0) return false;
  const here = gateway === undefined ? undefined : (gateway.identity.namespace ?? 'default');
  const targeted = policy.targets.map(({ kind, name }): Ternary => {
    switch (kind) {
      case 'GatewayClass':
        return policy.namespace === root && name === CLASS;
      case 'Gateway':
        return here === undefined ? undefined : policy.namespace === here && name === gateway?.identity.name;
      case 'Service': {
        const isNamed = (object: InventoryObject): boolean =>
          object.identity.name === name && (object.identity.namespace ?? 'default') === policy.namespace;
        if (service !== undefined) return isNamed(service);
        return servicesOfPod.some(isNamed) ? undefined : false;
      }
      default:
        return false;
    }
  });
  if (targeted.includes(true)) return true;
  return targeted.includes(undefined) ? undefined : false;
}
