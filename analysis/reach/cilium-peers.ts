import type { Json, JsonObject } from '../../core/manifest.ts';
import {
  equalitySelector,
  type Inventory,
  type InventoryObject,
  labelSelector,
  listAt,
  mapAt,
  selects,
  textAt,
  textMapAt,
  valueAt,
} from '../../inventory/index.ts';
import {
  type AddressSet,
  NO_ADDRESSES,
  parseCidr,
  subtractAddresses,
  uniteAddresses,
} from '../sets/index.ts';
import { nameOf } from './cilium-ports.ts';
import { peerSelector } from './endpoint-selector.ts';
import type { Direction, Matcher } from './model.ts';
import {
  asMap,
  cidrOf,
  listOf,
  mapOf,
  Refused,
  refuseStrayException,
  selectorOf,
  textOf,
  texts,
} from './refused.ts';

const ENTITIES = [
  'all',
  'world',
  'world-ipv4',
  'world-ipv6',
  'cluster',
  'host',
  'init',
  'ingress',
  'unmanaged',
  'remote-node',
  'health',
  'none',
  'kube-apiserver',
];

/** Reads one kind of peers; each item of its list is another peer. */
type Reader = (
  items: readonly Json[],
  namespace: string | undefined,
  inventory: Inventory,
) => readonly Matcher[];

const BOTH: Readonly<Record<string, Reader>> = {
  Endpoints: (items, namespace) =>
    items.map((item) => ({ type: 'endpoints', selector: peerSelector(asMap(item, 'endpoints'), namespace) })),
  Entities: (items) => [entities(texts(items, 'entities'))],
  CIDR: (items) => [
    outside(uniteAddresses(...texts(items, 'CIDR').map((text) => cidrOf(text, 'CIDR', 'bare')))),
  ],
  CIDRSet: (items, _namespace, inventory) => [
    outside(uniteAddresses(...items.map((item) => cidrSet(asMap(item, 'CIDRSet'), inventory)))),
  ],
  Nodes: (items) =>
    items.map((item) => ({
      type: 'nodes',
      nodes: selectorOf({ selector: asMap(item, 'nodes') }, 'selector') ?? [],
    })),
  Groups: () => [{ type: 'not-modelled', what: 'groups of a cloud provider' }],
};

const EGRESS: Readonly<Record<string, Reader>> = {
  ...BOTH,
  FQDNs: (items) => items.map((item) => ({ type: 'names', names: nameOf(asMap(item, 'toFQDNs')) })),
  Services: (items, _namespace, inventory) =>
    items.flatMap((item) => services(asMap(item, 'toServices'), inventory)),
};

/**
 * Reads the peers of a rule.
 *
 * @param namespace of the policy; undefined for a clusterwide one
 * @returns undefined where the rule names no kind of peers
 * @throws Refused where it names two, or what it names is invalid
 */
export function ciliumPeers(
  rule: JsonObject,
  direction: Direction,
  effect: 'allow' | 'deny',
  namespace: string | undefined,
  inventory: Inventory,
): readonly Matcher[] | undefined {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  const present = Object.entries(direction === 'ingress' ? BOTH : EGRESS).flatMap(([kind, read]) => {
    const items = listOf(rule, `${prefix}${kind}`);
    return items === undefined ? [] : [{ kind, items, read }];
  });
  const used = present.filter(({ items }) => items.length > 0);
  if (used.length > 1)
    throw new Refused(`${used.map(({ kind }) => `${prefix}${kind}`).join(' and ')} stand in one rule`);
  if (effect === 'deny' && used.some(({ kind }) => kind === 'FQDNs'))
    throw new Refused('toFQDNs stand in a deny rule');
  if (present.length === 0) return undefined;
  // a list that is there but empty means no peer at all, whatever stands beside it
  if (present.some(({ items }) => items.length === 0)) return [];
  return used.flatMap(({ items, read }) => read(items, namespace, inventory));
}

function entities(names: readonly string[]): Matcher {
  const wrong = names.find((name) => !ENTITIES.includes(name));
  if (wrong !== undefined) throw new Refused(`entity ${JSON.stringify(wrong)} is unknown`);
  return { type: 'entities', entities: new Set(names) };
}

function outside(addresses: AddressSet): Matcher {
  return { type: 'addresses', addresses, pods: 'never' };
}

function cidrSet(item: JsonObject, inventory: Inventory): AddressSet {
  const text = textOf(item, 'cidr');
  const ref = textOf(item, 'cidrGroupRef');
  const groups = selectorOf(item, 'cidrGroupSelector');
  if ([text, ref, groups].filter((field) => field !== undefined).length !== 1)
    throw new Refused('a CIDR set must have exactly one of cidr, cidrGroupRef, cidrGroupSelector');
  const whole =
    text !== undefined
      ? cidrOf(text, 'cidr', 'prefix')
      : uniteAddresses(
          ...inventory
            .ofKind('CiliumCIDRGroup', 'cilium.io')
            .filter(({ identity, manifest }) =>
              groups === undefined
                ? identity.name === ref
                : selects(groups, textMapAt(manifest, 'metadata', 'labels')),
            )
            .map(groupAddresses),
        );
  const exceptions = texts(listOf(item, 'except') ?? [], 'except').map((exceptText) => {
    const exception = cidrOf(exceptText, 'except', 'prefix');
    if (text !== undefined) refuseStrayException(whole, exception, exceptText);
    return exception;
  });
  return subtractAddresses(whole, uniteAddresses(...exceptions));
}

function groupAddresses({ manifest }: InventoryObject): AddressSet {
  const blocks = listAt(manifest, 'spec', 'externalCIDRs').map((block) =>
    typeof block === 'string' ? (parseCidr(block) ?? NO_ADDRESSES) : NO_ADDRESSES,
  );
  return uniteAddresses(...blocks);
}

/** The pods behind each Service that is meant; without a namespace, Services of every namespace. */
function services(item: JsonObject, inventory: Inventory): readonly Matcher[] {
  const named = mapOf(item, 'k8sService');
  const selected = mapOf(item, 'k8sServiceSelector');
  const namespace = textOf(named ?? selected ?? {}, 'namespace');
  const selector = labelSelector(mapAt(selected, 'selector'));
  if (selected !== undefined && selector === undefined)
    throw new Refused('k8sServiceSelector has no valid selector');
  return inventory
    .ofKind('Service', '')
    .filter(({ identity, manifest }) => {
      if (namespace !== undefined && (identity.namespace ?? 'default') !== namespace) return false;
      if (named !== undefined && identity.name === textOf(named, 'serviceName')) return true;
      return selected !== undefined && selects(selector ?? [], textMapAt(manifest, 'metadata', 'labels'));
    })
    .map(backends);
}

function backends({ identity, manifest }: InventoryObject): Matcher {
  const selector = equalitySelector(valueAt(manifest, 'spec', 'selector'));
  if (selector === undefined || selector.length === 0)
    return {
      type: 'not-modelled',
      what: `Service ${textAt(manifest, 'metadata', 'name') ?? ''} without a selector`,
    };
  return { type: 'pods', namespace: identity.namespace ?? 'default', pods: selector };
}
