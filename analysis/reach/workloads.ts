import type { Inventory } from '../../inventory/index.ts';
import {
  addressText,
  everyPort,
  intersectPorts,
  PORT_PROTOCOLS,
  type PortSet,
  samePorts,
  unitePorts,
} from '../sets/index.ts';
import { decide, type Side, sideOf } from './decide.ts';
import { matchesPeer } from './match.ts';
import type { Direction, Owner, Peer, Pod, ReachOptions, Rule } from './model.ts';
import { podsOf } from './pods.ts';
import type { PolicySet } from './policies.ts';

/** Open ports: `all` of TCP, UDP and SCTP, or ranges of each, first and last included. */
export type ConnectedPorts =
  | 'all'
  | Readonly<Partial<Record<string, readonly (readonly [number, number])[]>>>;

/** Pods that no policy can tell apart, with what policies say about them. */
export interface PodClass {
  readonly pod: Pod;
  readonly egress: Side;
  readonly ingress: Side;
}

/** The classes of the pods of one owner; what holds for the workload holds for all of them. */
export interface Workload {
  readonly owner: Owner;
  readonly classes: readonly PodClass[];
  /** Pods in their node's network; only Cilium says what policies make of them. */
  readonly host: boolean;
}

/** Every port of the protocols that have ports. */
export const EVERYTHING: PortSet = PORT_PROTOCOLS.map(everyPort).reduce(unitePorts);

/** @returns the workloads of an input, by namespace, kind and name. */
export function workloadsOf(inventory: Inventory, policies: PolicySet): Workload[] {
  const classes = new Map<string, PodClass>();
  const owners = new Map<string, { owner: Owner; classes: Map<string, PodClass>; host: boolean }>();
  for (const { hostNetwork, ...each } of podsOf(inventory)) {
    const { owner } = each;
    if (owner === undefined) continue;
    // NetworkPolicy leaves open what becomes of these; they are taken for pods, and their connections marked
    const pod = { ...each, hostNetwork: hostNetwork && policies.options.cni === 'cilium' };
    const key = classKey(pod);
    const known = classes.get(key) ?? {
      pod,
      egress: sideOf('egress', pod, policies),
      ingress: sideOf('ingress', pod, policies),
    };
    classes.set(key, known);
    const ownerKey = JSON.stringify([owner.namespace, owner.kind, owner.name]);
    const group = owners.get(ownerKey) ?? { owner, classes: new Map(), host: false };
    group.classes.set(key, known);
    group.host ||= hostNetwork;
    owners.set(ownerKey, group);
  }
  return [...owners]
    .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, { owner, classes: own, host }]) => ({ owner, classes: [...own.values()], host }));
}

function classKey({ namespace, labels, serviceAccount, namedPorts, hostNetwork, addresses }: Pod): string {
  const sorted = Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1));
  const ports = namedPorts.map(({ name, port, protocol }) => `${name} ${port} ${protocol}`).sort();
  return JSON.stringify([namespace, sorted, serviceAccount, ports, hostNetwork, addresses.map(addressText)]);
}

/**
 * The ports among `asked` that a side leaves open to a peer. Which rules mean a peer settles the answer, so it is
 * worked out once for all peers that the same rules mean.
 */
export function decideClass(side: Side, peer: Peer, asked: PortSet): PortSet {
  // policies do not hold for a pod in its node's network
  if (side.subject.hostNetwork || isOpenSide(side)) return asked;
  const { rules, named, answers } = memoOf(side);
  let key = named && peer.type === 'pod' ? JSON.stringify(peer.pod.namedPorts) : '';
  for (const [index, { rule, pods }] of rules.entries()) {
    let means = peer.type === 'pod' ? pods.get(peer.pod) : undefined;
    if (means === undefined) {
      means = matchesPeer(rule, peer, side.options);
      if (peer.type === 'pod') pods.set(peer.pod, means);
    }
    if (means) key += `${index} `;
  }
  const ports = answers.get(key) ?? decide(side, peer, EVERYTHING).allowed;
  answers.set(key, ports);
  return asked === EVERYTHING ? ports : intersectPorts(asked, ports);
}

/** @returns whether no policy has a say. */
function isOpenSide({ admin, network, baseline }: Side): boolean {
  return admin.length + network.length + baseline.length === 0;
}

/** Whether the rules that name the same peers mean a pod. */
type Meant = Map<Pod, boolean>;

interface Memo {
  readonly rules: readonly { readonly rule: Rule; readonly pods: Meant }[];
  /** Whether ports depend on the names that the peer gives them. */
  readonly named: boolean;
  /** By the rules that mean a peer. */
  readonly answers: Map<string, PortSet>;
}

const memos = new WeakMap<Side, Memo>();
const meantByPeers = new WeakMap<ReachOptions, Map<string, Meant>>();

/** Many policies name the same peers; which pods those are is found out once. */
function meantBy({ peers }: Rule, options: ReachOptions): Meant {
  const known = meantByPeers.get(options) ?? new Map<string, Meant>();
  meantByPeers.set(options, known);
  const key = JSON.stringify(peers ?? null, keyPart);
  const meant = known.get(key) ?? new Map<Pod, boolean>();
  known.set(key, meant);
  return meant;
}

/** What JSON has no form for: bounds of addresses, names of entities, and patterns of names. */
function keyPart(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Set ? [...value] : value;
}

function memoOf(side: Side): Memo {
  const known = memos.get(side);
  if (known !== undefined) return known;
  const rules = [...side.admin, ...side.network, ...side.baseline].flatMap(({ section }) => section.rules);
  const named = side.direction === 'egress' && rules.some(({ ports }) => (ports?.named ?? []).length > 0);
  const memo = {
    rules: rules.map((rule) => ({ rule, pods: meantBy(rule, side.options) })),
    named,
    answers: new Map<string, PortSet>(),
  };
  memos.set(side, memo);
  return memo;
}

/** @returns ports in the form of answers, first and last of each range included. */
export function connectedPorts(ports: PortSet): ConnectedPorts {
  const known = forms.get(ports);
  if (known !== undefined) return known;
  const form: ConnectedPorts = samePorts(ports, EVERYTHING)
    ? 'all'
    : Object.fromEntries(
        PORT_PROTOCOLS.filter((protocol) => ports[protocol].length > 0).map((protocol) => [
          protocol,
          ports[protocol].map(([start, end]) => [start, end - 1] as const),
        ]),
      );
  forms.set(ports, form);
  return form;
}

/** Few sets of ports are those of many pairs. */
const forms = new WeakMap<PortSet, ConnectedPorts>();

/** @returns the ports that a class opens to a peer in one direction, of all that have ports. */
export function openPorts(each: PodClass, direction: Direction, peer: Peer): PortSet {
  return decideClass(each[direction], peer, EVERYTHING);
}
