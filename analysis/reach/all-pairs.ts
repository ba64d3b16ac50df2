import type { Inventory } from '../../inventory/index.ts';
import {
  type Address,
  ALL_IPV4,
  addressText,
  cutAddresses,
  firstAddress,
  hasNoPorts,
  intersectPorts,
  NO_PORTS,
  type PortSet,
  samePorts,
  unitePorts,
} from '../sets/index.ts';
import { addressBlocks, type Side } from './decide.ts';
import { type Exposures, exposures } from './exposure.ts';
import { ingressTargets } from './ingress-targets.ts';
import type { Ignored, Owner, Peer, ReachOptions } from './model.ts';
import { imaginedPod } from './pods.ts';
import { policiesOf } from './policies.ts';
import {
  type ConnectedPorts,
  connectedPorts,
  decideClass,
  EVERYTHING,
  type PodClass,
  type Workload,
  workloadsOf,
} from './workloads.ts';

/** One end of connections: the pods of one owner, a range of addresses, or whoever serves Ingress objects. */
export type PairPeer =
  | { readonly workload: Owner }
  | { readonly ipRange: readonly [first: string, last: string] }
  | { readonly ingressController: true };

export interface PairConnection {
  readonly from: PairPeer;
  readonly to: PairPeer;
  readonly ports: ConnectedPorts;
  /** One side is in its node's network, where network plug-ins differ in what they enforce. */
  readonly host?: true;
}

/** Who reaches whom. */
export interface AllPairs {
  readonly peers: readonly PairPeer[];
  readonly connections: readonly PairConnection[];
  readonly exposure: Exposures;
  readonly ignored: readonly Ignored[];
}

/**
 * All connections that network policies allow, between workloads and to and from the IPv4 addresses outside. Computed
 * on classes of pods that are alike for every policy, not on pods.
 *
 * @throws Undecidable where manifests do not say what the answer depends on
 */
export function allPairs(inventory: Inventory, options: ReachOptions): AllPairs {
  const policies = policiesOf(inventory, options);
  const workloads = workloadsOf(inventory, policies);
  const connections = [
    ...betweenWorkloads(workloads),
    ...workloads.flatMap(outside),
    ...fromIngressController(inventory, workloads),
  ];
  return {
    peers: peersOf(workloads, connections),
    connections,
    exposure: exposures(workloads, inventory),
    ignored: policies.ignored,
  };
}

/** Every workload, and what else has a connection. */
function peersOf(workloads: readonly Workload[], connections: readonly PairConnection[]): PairPeer[] {
  const others = new Map<string, PairPeer>();
  for (const { from, to } of connections)
    for (const peer of [from, to]) if (!('workload' in peer)) others.set(JSON.stringify(peer), peer);
  return [...workloads.map(({ owner }) => ({ workload: owner })), ...others.values()];
}

function betweenWorkloads(workloads: readonly Workload[]): PairConnection[] {
  const both = onceForEach(intersectPorts);
  const rows = new Map<PodClass, Map<PodClass, PortSet>>();
  const between = (from: PodClass, to: PodClass): PortSet => {
    const row = rows.get(from) ?? new Map<PodClass, PortSet>();
    rows.set(from, row);
    const known = row.get(to);
    if (known !== undefined) return known;
    const out = decideClass(from.egress, peerOf(to), EVERYTHING);
    const ports = hasNoPorts(out) ? NO_PORTS : both(out, decideClass(to.ingress, peerOf(from), EVERYTHING));
    row.set(to, ports);
    return ports;
  };
  const peers = workloads.map(({ owner }): PairPeer => ({ workload: owner }));
  const connections: PairConnection[] = [];
  for (const [fromIndex, from] of workloads.entries()) {
    for (const [toIndex, to] of workloads.entries()) {
      const [source, target] = [peers[fromIndex], peers[toIndex]];
      if (from === to || source === undefined || target === undefined) continue;
      const ports = common(from.classes.flatMap((each) => to.classes.map((other) => between(each, other))));
      if (ports !== NO_PORTS) connections.push(...connection(source, target, ports, from.host || to.host));
    }
  }
  return connections;
}

/** Remembers the results of an operation, so that equal results of equal operands are one object. */
function onceForEach(operation: (left: PortSet, right: PortSet) => PortSet): typeof operation {
  const results = new Map<PortSet, Map<PortSet, PortSet>>();
  return (left, right) => {
    const row = results.get(left) ?? new Map<PortSet, PortSet>();
    results.set(left, row);
    const result = row.get(right) ?? operation(left, right);
    row.set(right, result);
    return result;
  };
}

function peerOf({ pod }: PodClass): Peer {
  return pod.hostNetwork ? { type: 'entity', entity: 'remote-node' } : { type: 'pod', pod };
}

function common(sets: readonly PortSet[]): PortSet {
  return sets.length === 0 ? NO_PORTS : sets.reduce(intersectPorts);
}

/** Connections to and from addresses, neighbouring ranges with the same ports being one. */
function outside({ owner, classes, host }: Workload): PairConnection[] {
  return (['egress', 'ingress'] as const).flatMap((direction) => {
    const sides = classes.map((each) => each[direction]);
    const ranges: { first: Address; last: bigint; ports: PortSet }[] = [];
    for (const { first, end } of pieces(sides)) {
      const ports = common(
        sides.map((side) => decideClass(side, { type: 'address', address: first }, EVERYTHING)),
      );
      const before = ranges.at(-1);
      if (before !== undefined && before.last + 1n === first.value && samePorts(before.ports, ports))
        before.last = end - 1n;
      else ranges.push({ first, last: end - 1n, ports });
    }
    return ranges.flatMap(({ first, last, ports }) => {
      const range: PairPeer = { ipRange: [addressText(first), addressText({ family: 4, value: last })] };
      const workload: PairPeer = { workload: owner };
      const [from, to] = direction === 'egress' ? [workload, range] : [range, workload];
      return connection(from, to, ports, host);
    });
  });
}

function pieces(sides: readonly Side[]): { first: Address; end: bigint }[] {
  return cutAddresses(
    ALL_IPV4,
    sides.flatMap((side) => addressBlocks(side)),
  ).flatMap((piece) => {
    const first = firstAddress(piece);
    const end = piece.v4.at(-1)?.[1];
    return first === undefined || end === undefined ? [] : [{ first, end }];
  });
}

/** The controller behind Ingress objects is a pod of some namespace that nothing selects by its labels. */
function fromIngressController(inventory: Inventory, workloads: readonly Workload[]): PairConnection[] {
  const targets = ingressTargets(inventory);
  if (targets.length === 0) return [];
  const controller: Peer = { type: 'pod', pod: imaginedPod(inventory, 'unlisted', {}) };
  return workloads.flatMap(({ owner, classes, host }) => {
    const ports = common(
      classes.map(({ pod, ingress }) => {
        const wanted = targets.map((target) => target(pod)).reduce(unitePorts, NO_PORTS);
        return hasNoPorts(wanted) ? wanted : decideClass(ingress, controller, wanted);
      }),
    );
    return connection({ ingressController: true }, { workload: owner }, ports, host);
  });
}

function connection(from: PairPeer, to: PairPeer, ports: PortSet, host: boolean): PairConnection[] {
  if (hasNoPorts(ports)) return [];
  return [{ from, to, ports: connectedPorts(ports), ...(host ? { host } : {}) }];
}
