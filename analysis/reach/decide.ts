import {
  type AddressSet,
  hasNoPorts,
  intersectPorts,
  NO_PORTS,
  type PortSet,
  subtractPorts,
  unitePorts,
} from '../sets/index.ts';
import { judgeL7, type Request } from './l7.ts';
import { matchesPeer, portsOf } from './match.ts';
import {
  type Direction,
  type Peer,
  type Pod,
  type Policy,
  type ReachOptions,
  type Rule,
  Undecidable,
} from './model.ts';
import { type Applied, applied, type PolicySet } from './policies.ts';

/** A rule that met some of the ports asked about. */
export interface Hit {
  readonly policy: Policy;
  readonly rule: Rule;
  readonly ports: PortSet;
}

/** What the policies on one side of a connection make of it. */
export interface Decision {
  /** Ports that pass. */
  readonly allowed: PortSet;
  /** Ports that would pass but for the request. */
  readonly refusedRequests: PortSet;
  readonly allows: readonly Hit[];
  readonly denies: readonly Hit[];
  /** Rules whose ports met, but whose conditions on requests did not. */
  readonly refusals: readonly Hit[];
  /** Policies that isolate the pod; they deny what is not allowed. */
  readonly isolating: readonly Applied[];
}

/** The policies that have a say about a pod in one direction. */
export interface Side {
  readonly direction: Direction;
  readonly subject: Pod;
  readonly options: ReachOptions;
  readonly admin: readonly Applied[];
  readonly network: readonly Applied[];
  readonly baseline: readonly Applied[];
}

/** Selects the policies of a pod once for all its peers. */
export function sideOf(direction: Direction, subject: Pod, policies: PolicySet): Side {
  const { options } = policies;
  return {
    direction,
    subject,
    options,
    admin: applied(policies.admin, subject, direction, options),
    network: applied(policies.networkIn(subject.namespace), subject, direction, options),
    baseline: applied(policies.baseline, subject, direction, options),
  };
}

/** @returns the address blocks that the policies of a side speak of. */
export function addressBlocks(
  { admin, network, baseline }: Side,
  counts: (pods: 'never' | 'always' | 'option') => boolean = () => true,
): AddressSet[] {
  return [...admin, ...network, ...baseline]
    .flatMap(({ section }) => section.rules)
    .flatMap(({ peers }) => peers ?? [])
    .flatMap((matcher) => (matcher.type === 'addresses' && counts(matcher.pods) ? [matcher.addresses] : []));
}

/** Decides all connections between a pod and a peer in one direction. */
export function decide(side: Side, peer: Peer, asked: PortSet, request: Request = {}): Decision {
  const { direction, subject, options } = side;
  const receiver = direction === 'ingress' ? subject : peer.type === 'pod' ? peer.pod : undefined;
  const hit = ({ policy, section }: Applied, ports: PortSet): Hit[] =>
    section.rules.flatMap((rule) => {
      const met = portsOf(rule, ports, receiver);
      return hasNoPorts(met) || !matchesPeer(rule, peer, options) ? [] : [{ policy, rule, ports: met }];
    });

  const admin = inOrder(
    side.admin.flatMap((each) => hit(each, asked)),
    asked,
  );
  // whatever else is said, a pod's own node reaches it
  const unconfined = direction === 'ingress' && peer.type === 'entity' && peer.entity === 'host';
  const network = unordered(side.network, admin.rest, hit, request, unconfined);
  // only what no network policy has decided is left to the baseline
  const undecided = network.isolating.length === 0 ? network.allowed : NO_PORTS;
  const baseline = inOrder(
    side.baseline.flatMap((each) => hit(each, undecided)),
    undecided,
  );
  const passed = subtractPorts(network.allowed, baseline.denied);
  return {
    allowed: unitePorts(admin.allowed, passed),
    refusedRequests: network.refusedRequests,
    allows: [...admin.allows, ...network.allows, ...baseline.allows],
    denies: [...admin.denies, ...network.denies, ...baseline.denies],
    refusals: network.refusals,
    isolating: network.isolating,
  };
}

/** First match decides, port by port. */
function inOrder(
  hits: readonly Hit[],
  asked: PortSet,
): { rest: PortSet; allowed: PortSet; denied: PortSet; allows: Hit[]; denies: Hit[] } {
  let open = asked;
  const sums = { allow: NO_PORTS, deny: NO_PORTS, pass: NO_PORTS };
  const kept: Record<Rule['effect'], Hit[]> = { allow: [], deny: [], pass: [] };
  for (const { policy, rule, ports } of hits) {
    const decided = intersectPorts(open, ports);
    if (hasNoPorts(decided)) continue;
    open = subtractPorts(open, decided);
    sums[rule.effect] = unitePorts(sums[rule.effect], decided);
    kept[rule.effect].push({ policy, rule, ports: decided });
  }
  return {
    rest: unitePorts(open, sums.pass),
    allowed: sums.allow,
    denied: sums.deny,
    allows: kept.allow,
    denies: kept.deny,
  };
}

/** Allows add up, a deny beats them all, and what isolates a pod denies the rest. */
function unordered(
  selecting: readonly Applied[],
  asked: PortSet,
  hit: (each: Applied, ports: PortSet) => Hit[],
  request: Request,
  unconfined: boolean,
): Decision {
  const isolating = unconfined ? [] : selecting.filter(({ section }) => section.isolates);
  const hits = hasNoPorts(asked) ? [] : selecting.flatMap((each) => hit(each, asked));
  const [allows, denies, refusals]: [Hit[], Hit[], Hit[]] = [[], [], []];
  let [open, denied, refused, unknown] = [NO_PORTS, NO_PORTS, NO_PORTS, NO_PORTS];
  for (const each of hits) {
    const { rule, ports } = each;
    const verdict = rule.l7 === undefined ? 'allow' : judgeL7(rule.l7, request);
    if (rule.effect === 'deny') {
      denied = unitePorts(denied, ports);
      denies.push(each);
    } else if (rule.authentication === 'test-always-fail') {
      refusals.push(each);
    } else if (verdict === 'allow') {
      open = unitePorts(open, ports);
      allows.push(each);
    } else {
      if (verdict === 'unknown') unknown = unitePorts(unknown, ports);
      refused = unitePorts(refused, ports);
      refusals.push(each);
    }
  }
  const isolated = isolating.length > 0;
  const allowed = subtractPorts(isolated ? intersectPorts(asked, open) : asked, denied);
  const closed = isolated ? subtractPorts(subtractPorts(refused, open), denied) : NO_PORTS;
  if (!hasNoPorts(intersectPorts(unknown, closed)))
    throw new Undecidable(
      'a rule has conditions on the request that the question, or the input, does not tell; give sni or http',
    );
  return { allowed, refusedRequests: closed, allows, denies, refusals, isolating };
}
