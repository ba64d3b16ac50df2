import type { ObjectIdentity } from '../../core/manifest.ts';
import { identityText } from '../../core/manifest.ts';
import {
  ALL_IPV4,
  coversPorts,
  cutAddresses,
  firstAddress,
  hasNoPorts,
  intersectPorts,
  type PortSet,
  subtractPorts,
} from '../sets/index.ts';
import { addressBlocks, type Decision, decide, type Hit, sideOf } from './decide.ts';
import { resolution } from './dns.ts';
import type { Request } from './l7.ts';
import { type Direction, type Peer, type Pod, Undecidable } from './model.ts';
import type { PolicySet } from './policies.ts';

/** What refused a connection. */
export type Stage = 'egress' | 'ingress' | 'l7' | 'dns';

/** A policy, and the field of it, that decided. */
export interface Reason {
  readonly effect: 'allow' | 'deny' | 'default-deny';
  readonly policy: { readonly kind: string; readonly namespace?: string; readonly name: string };
  /** JSON pointer into the policy. */
  readonly path: string;
  readonly text: string;
}

export interface Verdict {
  readonly verdict: 'allow' | 'deny';
  /** Only of a denial. */
  readonly stage?: Stage;
  readonly because: readonly Reason[];
  /** Of a denial: some of the ports, or peers, asked about are allowed all the same. */
  readonly partial?: true;
}

/** A connection asked about. */
export interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  /** All of these must pass. */
  readonly ports: PortSet;
  readonly request: Request;
}

/**
 * Judges one connection by all policies: it works iff egress of its source and ingress of its destination allow it.
 * What is no pod has no policies, so its side is open.
 *
 * @throws Undecidable where manifests do not say what the answer depends on
 */
export function judge(connection: Connection, policies: PolicySet): Verdict {
  const cases = withAddresses(connection, policies).map((each) => judgeCase(each, policies));
  const [first, ...others] = cases;
  if (first === undefined) throw new Undecidable('there is nothing to judge');
  if (others.some(({ verdict }) => verdict !== first.verdict))
    throw new Undecidable('the answer depends on the address of a pod, which is not known (status.podIP)');
  return first;
}

function judgeCase({ from, to, ports, request }: Connection, policies: PolicySet): Verdict {
  if (isItself(from, to)) return { verdict: 'allow', because: [] };
  const egress =
    from.type === 'pod' ? decide(sideOf('egress', from.pod, policies), to, ports, request) : undefined;
  const ingress =
    to.type === 'pod' ? decide(sideOf('ingress', to.pod, policies), from, ports, request) : undefined;
  const sides = [egress, ingress].filter((side) => side !== undefined);
  const open = sides.reduce((rest, { allowed }) => intersectPorts(rest, allowed), ports);
  const partial = hasNoPorts(open) ? {} : ({ partial: true } as const);
  if (egress !== undefined && isClosed(egress, ports))
    return { ...denial('egress', egress, ports), ...partial };
  if (from.type === 'pod' && to.type === 'name') {
    const unresolved = judgeName(from.pod, to, ports, policies, request);
    if (unresolved !== undefined) return unresolved;
  }
  if (ingress !== undefined && isClosed(ingress, ports))
    return { ...denial('ingress', ingress, ports), ...partial };
  const refused = [...(egress?.refusals ?? []), ...(ingress?.refusals ?? [])].filter(
    ({ rule }) => rule.l7 !== undefined,
  );
  if (!coversPorts(open, ports))
    return {
      verdict: 'deny',
      stage: request.dnsQuery === undefined ? 'l7' : 'dns',
      because: refused.map((hit) => reason('deny', hit, 'does not let this request through')),
      ...partial,
    };
  const because = [...allowing(egress, 'egress'), ...allowing(ingress, 'ingress')];
  return { verdict: 'allow', because };
}

function isItself(from: Peer, to: Peer): boolean {
  return (
    from.type === 'pod' &&
    to.type === 'pod' &&
    from.pod.name !== undefined &&
    from.pod.name === to.pod.name &&
    from.pod.namespace === to.pod.namespace
  );
}

/** Whether ports are closed even to the best request. */
function isClosed({ allowed, refusedRequests }: Decision, ports: PortSet): boolean {
  return !hasNoPorts(subtractPorts(subtractPorts(ports, allowed), refusedRequests));
}

/** A name must be looked up first, and rules on names hold only for names looked up through the proxy. */
function judgeName(
  pod: Pod,
  to: Extract<Peer, { type: 'name' }>,
  ports: PortSet,
  policies: PolicySet,
  request: Request,
): Verdict | undefined {
  const how = resolution(pod, to.name, policies);
  // only Cilium learns addresses from its proxy; an AdminNetworkPolicy leaves open how a name is known
  if (how === 'proxied' || (how === 'direct' && policies.options.cni === 'kubernetes')) return undefined;
  const address: Peer = { type: 'address', address: to.address };
  const byAddress = decide(sideOf('egress', pod, policies), address, ports, request);
  if (how === 'direct' && !isClosed(byAddress, ports)) return undefined;
  const text =
    how === 'none'
      ? `nothing lets the pod look up ${to.name}`
      : `no DNS rule lets the pod look up ${to.name} through the proxy, which rules on names need`;
  return {
    verdict: 'deny',
    stage: 'dns',
    because: byAddress.isolating.map(({ policy, section }) => ({
      effect: 'default-deny',
      policy: named(policy.object),
      path: section.path,
      text: `${identityText(policy.object)}: ${text}`,
    })),
  };
}

function denial(direction: Direction, decision: Decision, ports: PortSet): Verdict {
  const denies = decision.denies.map((hit) => reason('deny', hit, `denies this ${direction}`));
  const failed = decision.refusals
    .filter(({ rule }) => rule.authentication === 'test-always-fail')
    .map((hit) => reason('deny', hit, 'asks for authentication that always fails'));
  const denied = decision.denies
    .map((hit) => hit.ports)
    .reduce(subtractPorts, subtractPorts(ports, decision.allowed));
  // what no rule denied, the isolation did
  const isolating = hasNoPorts(denied)
    ? []
    : decision.isolating.map(
        ({ policy, section }): Reason => ({
          effect: 'default-deny',
          policy: named(policy.object),
          path: section.path,
          text: `${identityText(policy.object)} isolates the pod for ${direction}, and none of its rules allows this`,
        }),
      );
  return { verdict: 'deny', stage: direction, because: [...denies, ...failed, ...isolating] };
}

function allowing(decision: Decision | undefined, direction: Direction): Reason[] {
  return (decision?.allows ?? [])
    .filter(({ ports }) => !hasNoPorts(intersectPorts(ports, decision?.allowed ?? ports)))
    .map((hit) =>
      reason(
        'allow',
        hit,
        `allows this ${direction}${hit.rule.authentication === 'required' ? ', once both sides are authenticated' : ''}`,
      ),
    );
}

function reason(effect: 'allow' | 'deny', { policy, rule }: Hit, text: string): Reason {
  const what = `${identityText(policy.object)} ${text}`;
  return { effect, policy: named(policy.object), path: rule.path, text: what };
}

function named({ kind, namespace, name }: ObjectIdentity): Reason['policy'] {
  return { kind, ...(namespace === undefined ? {} : { namespace }), name };
}

/** Where policies look at the addresses of pods and a pod's is not known, every address that it may have. */
function withAddresses(connection: Connection, policies: PolicySet): Connection[] {
  const { from, to } = connection;
  const sources =
    from.type === 'pod' && to.type === 'pod' ? assumed(from, to.pod, 'ingress', policies) : [from];
  const targets = from.type === 'pod' && to.type === 'pod' ? assumed(to, from.pod, 'egress', policies) : [to];
  return sources.flatMap((source) => targets.map((target) => ({ ...connection, from: source, to: target })));
}

function assumed(
  peer: Extract<Peer, { type: 'pod' }>,
  other: Pod,
  direction: Direction,
  policies: PolicySet,
): Peer[] {
  if (!policies.options.ipBlockMatchesPods || peer.pod.addresses.length > 0) return [peer];
  const blocks = addressBlocks(sideOf(direction, other, policies), (pods) => pods !== 'never');
  if (blocks.length === 0) return [peer];
  return cutAddresses(ALL_IPV4, blocks).flatMap((piece) => {
    const address = firstAddress(piece);
    return address === undefined ? [] : [{ ...peer, address }];
  });
}
