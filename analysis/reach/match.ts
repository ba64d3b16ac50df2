import { selects } from '../../inventory/index.ts';
import {
  type AddressSet,
  ALL_IPV4,
  containsAddress,
  coversAddresses,
  hasNoPorts,
  intersectPorts,
  NO_PORTS,
  type PortSet,
  portRange,
  unitePorts,
} from '../sets/index.ts';
import { selectsPod, selectsReserved } from './endpoint-selector.ts';
import {
  type Matcher,
  type Peer,
  type Pod,
  type ReachOptions,
  type Rule,
  type RulePorts,
  Undecidable,
} from './model.ts';

/**
 * Whether a matcher means a peer. A pod in its node's network is no peer here: it is its node.
 *
 * @throws Undecidable where that depends on what manifests do not say
 */
export function matches(matcher: Matcher, peer: Peer, options: ReachOptions): boolean {
  switch (matcher.type) {
    case 'pods':
      return (
        peer.type === 'pod' &&
        (matcher.namespace === undefined || matcher.namespace === peer.pod.namespace) &&
        selects(matcher.namespaces ?? [], peer.pod.namespaceLabels) &&
        selects(matcher.pods ?? [], peer.pod.labels)
      );
    case 'endpoints':
      return peer.type === 'pod'
        ? selectsPod(matcher.selector, peer.pod, options.clusterName)
        : selectsReserved(matcher.selector, reservedLabels(peer));
    case 'addresses':
      return matchesAddresses(matcher, peer, options);
    case 'entities':
      return [...matcher.entities].some((name) => isEntity(name, peer));
    case 'names':
      return peer.type === 'name' && matcher.names.matches(peer.name);
    case 'nodes':
      if (peer.type !== 'entity' || !['host', 'remote-node', 'kube-apiserver'].includes(peer.entity))
        return false;
      if (matcher.nodes.length === 0 && peer.entity !== 'kube-apiserver') return true;
      throw new Undecidable('a rule selects nodes by their labels, which are not known');
    case 'not-modelled':
      throw new Undecidable(`the answer depends on ${matcher.what}, which is not modelled`);
  }
}

function matchesAddresses(
  { addresses, pods }: Extract<Matcher, { type: 'addresses' }>,
  peer: Peer,
  options: ReachOptions,
): boolean {
  switch (peer.type) {
    case 'address':
    case 'name':
      return containsAddress(addresses, peer.address);
    case 'entity':
      // Cilium never takes a node for an address; elsewhere the node's address is any
      return options.cni === 'kubernetes' && coversAddresses(addresses, ALL_IPV4);
    case 'pod': {
      if (!addressesCount(pods, options)) return false;
      const known = peer.address === undefined ? peer.pod.addresses : [peer.address];
      if (known.length === 0) return matchesUnknown(addresses, options);
      return known.some((address) => containsAddress(addresses, address));
    }
  }
}

/** Whether a set holds a pod's address, whichever it has. */
function matchesUnknown(addresses: AddressSet, options: ReachOptions): boolean {
  if (coversAddresses(addresses, ALL_IPV4)) return true;
  if (!options.ipBlockMatchesPods || addresses.v4.length === 0) return false;
  throw new Undecidable('the answer depends on the address of a pod, which is not known (status.podIP)');
}

/** @returns whether the addresses of pods count for a matcher of addresses. */
function addressesCount(pods: 'never' | 'always' | 'option', options: ReachOptions): boolean {
  return pods === 'always' || (pods === 'option' && options.ipBlockMatchesPods);
}

function reservedLabels(peer: Exclude<Peer, { type: 'pod' }>): readonly string[] {
  return peer.type === 'entity' ? [peer.entity] : ['world', `world-ipv${peer.address.family}`];
}

function isEntity(name: string, peer: Peer): boolean {
  if (name === 'all') return true;
  if (peer.type === 'pod') return name === 'cluster';
  if (peer.type === 'entity') return name === 'cluster' || name === peer.entity;
  return name === 'world' || name === `world-ipv${peer.address.family}`;
}

/** @returns whether a rule means a peer, whatever the port. @throws Undecidable */
export function matchesPeer(rule: Rule, peer: Peer, options: ReachOptions): boolean {
  return rule.peers === undefined || rule.peers.some((matcher) => matches(matcher, peer, options));
}

/**
 * The ports among `asked` that a rule means.
 *
 * @param receiver on which named ports are resolved; undefined where it is no pod, so that it has none
 */
export function portsOf(
  rule: { readonly ports: RulePorts | undefined },
  asked: PortSet,
  receiver: Pod | undefined,
): PortSet {
  if (rule.ports === undefined) return asked;
  const { numbered, named } = rule.ports;
  const resolved = named.flatMap(({ name, protocols }) =>
    (receiver?.namedPorts ?? [])
      .filter((port) => port.name.toLowerCase() === name.toLowerCase() && protocols.includes(port.protocol))
      .map(({ protocol, port }) => portRange(protocol, port)),
  );
  const ports = intersectPorts(asked, resolved.reduce(unitePorts, numbered));
  return hasNoPorts(ports) ? NO_PORTS : ports;
}
