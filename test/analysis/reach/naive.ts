/*
 * A second evaluator of network policies, naive on purpose: one pod, one peer, one port at a time, straight from the
 * fields of the manifests, with nothing in common with the analysis. Only what the random clusters hold.
 */

export interface NaivePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol?: string;
  }[];
}

export type NaivePeer = NaivePod | { readonly ip: string };

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface NetworkPolicyRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly {
    readonly port?: number | string;
    readonly endPort?: number;
    readonly protocol?: string;
  }[];
}

export interface NaivePolicy {
  readonly kind: 'NetworkPolicy';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly podSelector: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly NetworkPolicyRule[];
    readonly egress?: readonly NetworkPolicyRule[];
  };
}

export interface CiliumRule {
  readonly fromEndpoints?: readonly LabelSelector[];
  readonly toEndpoints?: readonly LabelSelector[];
  readonly fromEntities?: readonly string[];
  readonly toEntities?: readonly string[];
  readonly fromCIDR?: readonly string[];
  readonly toCIDR?: readonly string[];
  readonly toPorts?: readonly {
    readonly ports: readonly {
      readonly port: string;
      readonly endPort?: number;
      readonly protocol?: string;
    }[];
  }[];
}

export interface NaiveCiliumPolicy {
  readonly kind: 'CiliumNetworkPolicy';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly endpointSelector: LabelSelector;
    readonly enableDefaultDeny?: { readonly ingress?: boolean; readonly egress?: boolean };
    readonly ingress?: readonly CiliumRule[];
    readonly egress?: readonly CiliumRule[];
    readonly ingressDeny?: readonly CiliumRule[];
    readonly egressDeny?: readonly CiliumRule[];
  };
}

export type AnyPolicy = NaivePolicy | NaiveCiliumPolicy;
type Direction = 'ingress' | 'egress';

/** Whether one connection works. */
export function naiveReach(
  from: NaivePeer,
  to: NaivePeer,
  port: number,
  protocol: string,
  policies: readonly AnyPolicy[],
): boolean {
  if (!isAddress(from) && !allowed('egress', from, to, port, protocol, policies)) return false;
  return isAddress(to) || allowed('ingress', to, from, port, protocol, policies);
}

function isAddress(peer: NaivePeer): peer is { readonly ip: string } {
  return 'ip' in peer;
}

function allowed(
  direction: Direction,
  pod: NaivePod,
  peer: NaivePeer,
  port: number,
  protocol: string,
  policies: readonly AnyPolicy[],
): boolean {
  let isolated = false;
  let open = false;
  for (const policy of policies) {
    if (policy.metadata.namespace !== pod.namespace) continue;
    if (policy.kind === 'NetworkPolicy') {
      if (!selects(policy.spec.podSelector, pod.labels)) continue;
      const types = policy.spec.policyTypes ?? [];
      const listed =
        types.length > 0
          ? types.includes(direction === 'ingress' ? 'Ingress' : 'Egress')
          : direction === 'ingress' || (policy.spec.egress ?? []).length > 0;
      if (!listed) continue;
      isolated = true;
      for (const rule of policy.spec[direction] ?? []) {
        const peers = (direction === 'ingress' ? rule.from : rule.to) ?? [];
        const receiver = direction === 'ingress' ? pod : peer;
        const peersMatch = peers.length === 0 || peers.some((each) => peerMatches(each, peer, pod.namespace));
        const ports = rule.ports ?? [];
        const portsMatch =
          ports.length === 0 || ports.some((each) => portMatches(each, receiver, port, protocol));
        if (peersMatch && portsMatch) open = true;
      }
    } else {
      if (!selects(policy.spec.endpointSelector, pod.labels)) continue;
      const allow = policy.spec[direction] ?? [];
      const deny = policy.spec[direction === 'ingress' ? 'ingressDeny' : 'egressDeny'] ?? [];
      if (deny.some((rule) => ciliumMatches(rule, peer, pod.namespace, port, protocol))) return false;
      if (allow.some((rule) => ciliumMatches(rule, peer, pod.namespace, port, protocol))) open = true;
      const said = policy.spec.enableDefaultDeny?.[direction];
      if (said ?? allow.length + deny.length > 0) isolated = true;
    }
  }
  return open || !isolated;
}

function peerMatches(each: NetworkPolicyPeer, peer: NaivePeer, namespace: string): boolean {
  if (isAddress(peer)) {
    if (each.ipBlock === undefined) return false;
    return (
      inBlock(peer.ip, each.ipBlock.cidr) &&
      !(each.ipBlock.except ?? []).some((block) => inBlock(peer.ip, block))
    );
  }
  if (each.ipBlock !== undefined) return false;
  const rightNamespace =
    each.namespaceSelector === undefined
      ? peer.namespace === namespace
      : selects(each.namespaceSelector, { 'kubernetes.io/metadata.name': peer.namespace });
  return rightNamespace && (each.podSelector === undefined || selects(each.podSelector, peer.labels));
}

function portMatches(
  each: NonNullable<NetworkPolicyRule['ports']>[number],
  receiver: NaivePeer,
  port: number,
  protocol: string,
): boolean {
  if ((each.protocol ?? 'TCP') !== protocol) return false;
  if (each.port === undefined) return true;
  if (typeof each.port === 'number') return port >= each.port && port <= (each.endPort ?? each.port);
  if (isAddress(receiver)) return false;
  return receiver.ports.some(
    (known) =>
      known.name === each.port && (known.protocol ?? 'TCP') === protocol && known.containerPort === port,
  );
}

function ciliumMatches(
  rule: CiliumRule,
  peer: NaivePeer,
  namespace: string,
  port: number,
  protocol: string,
): boolean {
  const endpoints = rule.fromEndpoints ?? rule.toEndpoints;
  const entities = rule.fromEntities ?? rule.toEntities;
  const blocks = rule.fromCIDR ?? rule.toCIDR;
  if (endpoints === undefined && entities === undefined && blocks === undefined && rule.toPorts === undefined)
    return false;
  if (endpoints !== undefined) {
    if (isAddress(peer)) return false;
    if (peer.namespace !== namespace || !endpoints.some((selector) => selects(selector, peer.labels)))
      return false;
  }
  if (
    entities !== undefined &&
    !entities.some((entity) => entity === 'all' || entity === (isAddress(peer) ? 'world' : 'cluster'))
  )
    return false;
  if (blocks !== undefined && !(isAddress(peer) && blocks.some((block) => inBlock(peer.ip, block))))
    return false;
  if (rule.toPorts === undefined) return true;
  return rule.toPorts.some(({ ports }) =>
    ports.some(
      (each) =>
        (each.protocol === undefined || each.protocol === 'ANY' || each.protocol === protocol) &&
        port >= Number(each.port) &&
        port <= (each.endPort ?? Number(each.port)),
    ),
  );
}

function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    if (labels[key] !== value) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = labels[key];
    if (operator === 'In' && (value === undefined || !values.includes(value))) return false;
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false;
    if (operator === 'Exists' && value === undefined) return false;
    if (operator === 'DoesNotExist' && value !== undefined) return false;
  }
  return true;
}

function inBlock(ip: string, block: string): boolean {
  const [base = '', prefix = '32'] = block.split('/');
  const shift = 2 ** (32 - Number(prefix));
  return Math.floor(toNumber(ip) / shift) === Math.floor(toNumber(base) / shift);
}

export function toNumber(ip: string): number {
  return ip.split('.').reduce((value, part) => value * 256 + Number(part), 0);
}
