import { covers, difference, type Intervals, intersection, sameIntervals, union } from './intervals.ts';

/** Protocols that policies tell apart. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** The protocols that have ports; of the others the numbers are message types. */
export const PORT_PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const satisfies readonly Protocol[];

/** Ports of each protocol; of ICMP its message types. */
export type PortSet = Readonly<Record<Protocol, Intervals<number>>>;

const PORTS: Intervals<number> = [[1, 65536]];
const TYPES: Intervals<number> = [[0, 256]];

export const NO_PORTS: PortSet = { TCP: [], UDP: [], SCTP: [], ICMP: [], ICMPv6: [] };
const ALL_PORTS: PortSet = { TCP: PORTS, UDP: PORTS, SCTP: PORTS, ICMP: TYPES, ICMPv6: TYPES };

/** @returns the ports `first` to `last` of a protocol, both included. */
export function portRange(protocol: Protocol, first: number, last: number = first): PortSet {
  return { ...NO_PORTS, [protocol]: intersection([[first, last + 1]], ALL_PORTS[protocol]) };
}

/** @returns every port of a protocol. */
export function everyPort(protocol: Protocol): PortSet {
  return { ...NO_PORTS, [protocol]: ALL_PORTS[protocol] };
}

export function unitePorts(left: PortSet, right: PortSet): PortSet {
  return combined(left, right, union);
}

export function intersectPorts(left: PortSet, right: PortSet): PortSet {
  return combined(left, right, intersection);
}

/** @returns the ports of `left` that are not in `right`. */
export function subtractPorts(left: PortSet, right: PortSet): PortSet {
  return combined(left, right, difference);
}

export function hasNoPorts(set: PortSet): boolean {
  return PROTOCOLS.every((protocol) => set[protocol].length === 0);
}

/** @returns whether every port of `part` is in `whole`. */
export function coversPorts(whole: PortSet, part: PortSet): boolean {
  return PROTOCOLS.every((protocol) => covers(whole[protocol], part[protocol]));
}

export function samePorts(left: PortSet, right: PortSet): boolean {
  return PROTOCOLS.every((protocol) => sameIntervals(left[protocol], right[protocol]));
}

function combined(
  left: PortSet,
  right: PortSet,
  operation: (left: Intervals<number>, right: Intervals<number>) => Intervals<number>,
): PortSet {
  return {
    TCP: operation(left.TCP, right.TCP),
    UDP: operation(left.UDP, right.UDP),
    SCTP: operation(left.SCTP, right.SCTP),
    ICMP: operation(left.ICMP, right.ICMP),
    ICMPv6: operation(left.ICMPv6, right.ICMPv6),
  };
}
