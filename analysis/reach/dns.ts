import type { Labels } from '../../inventory/index.ts';
import {
  firstAddress,
  hasNoPorts,
  type PortSet,
  portRange,
  subtractPorts,
  unitePorts,
} from '../sets/index.ts';
import { decide, type Side, sideOf } from './decide.ts';
import { sampleOf } from './endpoint-selector.ts';
import { portsOf } from './match.ts';
import type { Matcher, Peer, Pod } from './model.ts';
import type { PolicySet } from './policies.ts';
import { sampleLabels } from './sample.ts';

/** How a pod may look up a name: not at all, past Cilium's DNS proxy, or by it, which alone feeds toFQDNs rules. */
export type Resolution = 'none' | 'direct' | 'proxied';

const DNS = unitePorts(portRange('UDP', 53), portRange('TCP', 53));

/**
 * Tells whether the egress policies of a pod let it ask some resolver for a name. Resolvers are the cluster's own
 * (pods `k8s-app: kube-dns` in kube-system) and whatever peers the pod's own rules for DNS speak of.
 *
 * @throws Undecidable
 */
export function resolution(pod: Pod, name: string, policies: PolicySet): Resolution {
  const side = sideOf('egress', pod, policies);
  const rules = side.network
    .flatMap(({ section }) => section.rules)
    .filter(({ effect }) => effect === 'allow');
  const proxying = rules.filter(({ l7 }) => l7?.dns !== undefined);
  const ports = proxying.reduce((all, { ports }) => unitePorts(all, ports?.numbered ?? DNS), DNS);
  const peers = rules
    .filter((rule) => !hasNoPorts(portsOf(rule, ports, KUBE_DNS.pod)))
    .flatMap((rule) => rule.peers ?? [])
    .flatMap((matcher) => samples(matcher));
  let best: Resolution = 'none';
  for (const resolver of [KUBE_DNS, ANYWHERE, ...peers]) {
    for (const port of points(ports)) {
      const { allowed, allows } = decide(side, resolver, port, { dnsQuery: name });
      if (!hasNoPorts(subtractPorts(port, allowed))) continue;
      // rules that only limit ports pass the limit on names, but leave the proxy in place
      if (allows.some(({ rule }) => rule.l7?.dns !== undefined) || proxies(side, resolver, port))
        return 'proxied';
      best = 'direct';
    }
  }
  return best;
}

/** Whether a rule sends connections to a resolver through the proxy, whatever the name. */
function proxies(side: Side, resolver: Peer, port: PortSet): boolean {
  const { allows, refusals } = decide(side, resolver, port);
  return [...allows, ...refusals].some(({ rule }) => rule.l7?.dns !== undefined);
}

/** Ports one by one: the few that rules for DNS name. */
function points(ports: PortSet): PortSet[] {
  return (['UDP', 'TCP'] as const).flatMap((protocol) =>
    ports[protocol].flatMap(([start, end]) =>
      Array.from({ length: Math.min(end - start, 16) }, (_, index) => portRange(protocol, start + index)),
    ),
  );
}

const KUBE_DNS = resolverPod(
  'kube-system',
  { 'kubernetes.io/metadata.name': 'kube-system' },
  { 'k8s-app': 'kube-dns' },
);
const ANYWHERE: Peer = { type: 'address', address: { family: 4, value: 0x08080808n } };

function resolverPod(
  namespace: string,
  namespaceLabels: Labels,
  labels: Labels,
): Extract<Peer, { type: 'pod' }> {
  return {
    type: 'pod',
    pod: {
      namespace,
      namespaceLabels,
      labels,
      serviceAccount: 'default',
      namedPorts: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
      hostNetwork: false,
      addresses: [],
    },
  };
}

/** Peers that a matcher is content with, one for each matcher where there is one. */
function samples(matcher: Matcher): Peer[] {
  switch (matcher.type) {
    case 'pods': {
      const namespaceLabels = sampleLabels(matcher.namespaces ?? []);
      const namespace =
        matcher.namespace ?? namespaceLabels?.['kubernetes.io/metadata.name'] ?? 'kube-system';
      const labels = sampleLabels(matcher.pods ?? []);
      if (namespaceLabels === undefined || labels === undefined) return [];
      return [
        resolverPod(namespace, { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels }, labels),
      ];
    }
    case 'endpoints': {
      const { namespace, namespaceLabels, labels } = sampleOf(matcher.selector);
      return [
        resolverPod(namespace, { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels }, labels),
      ];
    }
    case 'addresses': {
      const address = firstAddress(matcher.addresses);
      return address === undefined ? [] : [{ type: 'address', address }];
    }
    case 'entities':
      return (['host', 'remote-node', 'kube-apiserver'] as const)
        .filter((entity) => matcher.entities.has(entity) || matcher.entities.has('cluster'))
        .map((entity) => ({ type: 'entity', entity }));
    case 'names':
    case 'nodes':
    case 'not-modelled':
      return [];
  }
}
