import { BlockList } from 'node:net';
import type { Manifest } from '../../../core/manifest.ts';

/** Something that takes part in a flow: a pod, an address or host outside the cluster, or the API server. */
export type Endpoint =
  | { readonly pod: Labels; readonly namespace: string }
  | { readonly address: string }
  | { readonly host: string }
  | { readonly entity: 'kube-apiserver' };

type Labels = Readonly<Record<string, string>>;

/** The parts of policies that this evaluator knows; anything else makes it throw rather than guess. */
interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}
interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { protocol: string; port: number; endPort?: number }[];
}
interface CiliumRule {
  readonly toFQDNs?: readonly { matchName?: string; matchPattern?: string }[];
  readonly toEntities?: readonly string[];
  readonly toEndpoints?: readonly Selector[];
  readonly toPorts?: readonly { ports: readonly { port: string; protocol: string }[] }[];
}
interface Spec {
  readonly podSelector: Selector;
  readonly endpointSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly (Rule & CiliumRule)[];
}

const NAMESPACE = 'agentweaver';

/**
 * Whether a flow is let through: Kubernetes and Cilium policies add up, a pod that any of them selects in a
 * direction is denied what none allows there, and a flow between pods needs both directions.
 */
export function allows(
  manifests: readonly Manifest[],
  from: Endpoint,
  to: Endpoint,
  port: number,
  protocol = 'TCP',
): boolean {
  return (
    direction(manifests, from, to, port, protocol, 'Egress') &&
    direction(manifests, to, from, port, protocol, 'Ingress')
  );
}

function direction(
  manifests: readonly Manifest[],
  subject: Endpoint,
  other: Endpoint,
  port: number,
  protocol: string,
  type: 'Ingress' | 'Egress',
): boolean {
  if (!('pod' in subject) || subject.namespace !== NAMESPACE) return true;
  let isolated = false;
  for (const { kind, spec: untyped } of manifests) {
    if (kind !== 'NetworkPolicy' && kind !== 'CiliumNetworkPolicy') continue;
    const spec = untyped as unknown as Spec;
    const cilium = kind === 'CiliumNetworkPolicy';
    if (!matches(cilium ? spec.endpointSelector : spec.podSelector, subject.pod)) continue;
    if (cilium ? type === 'Ingress' : !spec.policyTypes.includes(type)) continue;
    isolated = true;
    const rules: readonly (Rule & CiliumRule)[] = (type === 'Ingress' ? spec.ingress : spec.egress) ?? [];
    for (const rule of rules) {
      const ports = cilium ? rule.toPorts?.flatMap((each) => each.ports) : rule.ports;
      const portFits =
        ports === undefined ||
        ports.some((each) => {
          const first = Number(each.port);
          const last = 'endPort' in each && each.endPort !== undefined ? each.endPort : first;
          return each.protocol === protocol && first <= port && port <= last;
        });
      if (
        portFits &&
        (cilium ? ciliumFits(rule, other) : peerFits(type === 'Ingress' ? rule.from : rule.to, other))
      ) {
        return true;
      }
    }
  }
  return !isolated;
}

function peerFits(peers: readonly Peer[] | undefined, other: Endpoint): boolean {
  if (peers === undefined) return true;
  return peers.some(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock !== undefined) {
      // Cilium takes blocks for the world outside; a host by name may have any public address
      const address = 'address' in other ? other.address : 'host' in other ? '8.8.8.8' : undefined;
      return (
        address !== undefined &&
        inBlock(address, ipBlock.cidr) &&
        !ipBlock.except?.some((hole) => inBlock(address, hole))
      );
    }
    if (!('pod' in other)) return false;
    const namespaceFits =
      namespaceSelector === undefined
        ? other.namespace === NAMESPACE
        : matches(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace });
    return namespaceFits && (podSelector === undefined || matches(podSelector, other.pod));
  });
}

function ciliumFits({ toFQDNs, toEntities, toEndpoints }: CiliumRule, other: Endpoint): boolean {
  if (toFQDNs !== undefined) {
    return (
      'host' in other &&
      toFQDNs.some(
        ({ matchName, matchPattern }) => matchName === other.host || fits(matchPattern, other.host),
      )
    );
  }
  if (toEntities !== undefined) return 'entity' in other && toEntities.includes(other.entity);
  if (toEndpoints === undefined) throw new Error('a Cilium rule without a destination');
  return (
    'pod' in other &&
    toEndpoints.some((selector) =>
      matches(selector, { 'k8s:io.kubernetes.pod.namespace': other.namespace, ...other.pod }),
    )
  );
}

function fits(pattern: string | undefined, host: string): boolean {
  if (pattern === undefined) return false;
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[-a-z0-9_]*')}$`).test(host);
}

function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'DoesNotExist') return value === undefined;
      throw new Error(`operator ${operator}`);
    })
  );
}

function inBlock(address: string, cidr: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), 'ipv4');
  return block.check(address, 'ipv4');
}
