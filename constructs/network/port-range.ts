import type { INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1';
import { verify } from '../validate/check.ts';
import type { Port, Protocol } from '../workload/port.ts';

/** Ports from `first` to `last`, both included. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** A port number, a declared port, or a set of ports. */
export type Ports = number | Port | PortRange;

const LOWEST = 1;
const HIGHEST = 65535;

/**
 * A set of ports of one protocol as intervals that neither touch nor overlap, in rising order.
 *
 * @example
 * PortRange.of(3000, 9000).except(8088).intervals;   // 3000-8087, 8089-9000
 */
export class PortRange {
  readonly protocol: Protocol;
  readonly intervals: readonly Interval[];

  private constructor(protocol: Protocol, intervals: readonly Interval[]) {
    this.protocol = protocol;
    this.intervals = intervals;
  }

  /**
   * @param protocol @default TCP
   * @throws InputError unless both are ports and `first` is not above `last`
   */
  static of(first: number, last: number = first, protocol: Protocol = 'TCP'): PortRange {
    verify(`ports ${first}-${last}/${protocol}`, (check) => {
      check.portNumber('first', first);
      check.portNumber('last', last);
      check.that(first <= last, '', 'the first port is above the last', 'swap them');
    });
    return new PortRange(protocol, [{ first, last }]);
  }

  /** @returns whether a port is in the set */
  has(port: number): boolean {
    return this.intervals.some(({ first, last }) => first <= port && port <= last);
  }

  /**
   * @returns the ports of either set
   * @throws InputError when the protocols differ
   */
  union(...others: readonly Ports[]): PortRange {
    const added = others.flatMap((ports) => this.#intervalsOf(ports));
    return new PortRange(this.protocol, merged([...this.intervals, ...added]));
  }

  /**
   * @returns the ports of this set that are in none of the others
   * @throws InputError when the protocols differ
   */
  except(...others: readonly Ports[]): PortRange {
    const holes = merged(others.flatMap((ports) => this.#intervalsOf(ports)));
    const left: Interval[] = [];
    for (const { first, last } of this.intervals) {
      let from = first;
      for (const hole of holes) {
        if (hole.last < from || hole.first > last) continue;
        if (hole.first > from) left.push({ first: from, last: hole.first - 1 });
        from = hole.last + 1;
      }
      if (from <= last) left.push({ first: from, last });
    }
    return new PortRange(this.protocol, left);
  }

  /** @returns the set as people write it: `3000-8087, 8089-9000/TCP` */
  toString(): string {
    const parts = this.intervals.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
    return `${parts.join(', ') || 'none'}/${this.protocol}`;
  }

  #intervalsOf(ports: Ports): readonly Interval[] {
    const other = portRange(ports, this.protocol);
    verify(`ports ${this}`, (check) => {
      const same = other.protocol === this.protocol;
      check.that(same, '', `${other} is of another protocol`, 'keep one set for each protocol');
    });
    return other.intervals;
  }
}

function merged(intervals: readonly Interval[]): readonly Interval[] {
  const out: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => a.first - b.first)) {
    const last = out.at(-1);
    if (last !== undefined && next.first <= last.last + 1) {
      out[out.length - 1] = { first: last.first, last: Math.max(last.last, next.last) };
    } else {
      out.push(next);
    }
  }
  return out;
}

/** @returns ports as a set; a bare number is of the given protocol. */
export function portRange(ports: Ports, protocol: Protocol = 'TCP'): PortRange {
  if (ports instanceof PortRange) return ports;
  if (typeof ports === 'number') return PortRange.of(ports, ports, protocol);
  return PortRange.of(ports.number, ports.number, ports.protocol);
}

/** One TCP port, or all from the first to the last. */
export function tcp(first: number, last: number = first): PortRange {
  return PortRange.of(first, last, 'TCP');
}

/** One UDP port, or all from the first to the last. */
export function udp(first: number, last: number = first): PortRange {
  return PortRange.of(first, last, 'UDP');
}

/** Every port of a protocol. */
export function allPorts(protocol: Protocol): PortRange {
  return PortRange.of(LOWEST, HIGHEST, protocol);
}

/** @returns ports as a NetworkPolicy has them. */
export function policyPorts(ports: PortRange): INetworkPolicyPort[] {
  return ports.intervals.map(({ first, last }) => ({
    protocol: ports.protocol,
    port: first,
    ...(first === last ? {} : { endPort: last }),
  }));
}
