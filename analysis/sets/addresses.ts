import { isIP } from 'node:net';
import { contains, covers, difference, type Intervals, intersection, intervals } from './intervals.ts';

/** An IP address as a number of its family. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A set of IP addresses, by family. */
export interface AddressSet {
  readonly v4: Intervals<bigint>;
  readonly v6: Intervals<bigint>;
}

const BITS = { 4: 32, 6: 128 } as const;

export const NO_ADDRESSES: AddressSet = { v4: [], v6: [] };
const ALL_V4: Intervals<bigint> = [[0n, 1n << 32n]];
export const ALL_IPV4: AddressSet = { v4: ALL_V4, v6: [] };

/** @returns the address that a text is; undefined where it is none. Zones (`%eth0`) are no part of an address. */
export function parseAddress(text: string): Address | undefined {
  const family = isIP(text);
  if (family === 4) return { family, value: parseV4(text) };
  if (family === 6 && !text.includes('%')) return { family, value: parseV6(text) };
  return undefined;
}

/**
 * @returns the addresses of a block such as `10.0.0.0/8`, bits behind the prefix being ignored; undefined where the
 *   text is none
 */
export function parseCidr(text: string): AddressSet | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = parseAddress(match?.[1] ?? '');
  if (address === undefined) return undefined;
  const bits = BITS[address.family];
  const prefix = Number(match?.[2]);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const start = (address.value / size) * size;
  return ofFamily(address.family, [[start, start + size]]);
}

/** @returns the set with this one address. */
export function singleAddress({ family, value }: Address): AddressSet {
  return ofFamily(family, [[value, value + 1n]]);
}

export function uniteAddresses(...sets: readonly AddressSet[]): AddressSet {
  return {
    v4: intervals(sets.flatMap(({ v4 }) => v4)),
    v6: intervals(sets.flatMap(({ v6 }) => v6)),
  };
}

export function subtractAddresses(left: AddressSet, right: AddressSet): AddressSet {
  return { v4: difference(left.v4, right.v4), v6: difference(left.v6, right.v6) };
}

export function containsAddress(set: AddressSet, { family, value }: Address): boolean {
  return contains(family === 4 ? set.v4 : set.v6, value);
}

export function coversAddresses(whole: AddressSet, part: AddressSet): boolean {
  return covers(whole.v4, part.v4) && covers(whole.v6, part.v6);
}

/**
 * Cuts a set at every border of other sets: within one piece, each of those holds all addresses or none.
 *
 * @returns the pieces, ascending, IPv4 first
 */
export function cutAddresses(set: AddressSet, others: Iterable<AddressSet>): AddressSet[] {
  const borders = { v4: new Set<bigint>(), v6: new Set<bigint>() };
  for (const { v4, v6 } of others) {
    for (const interval of v4) for (const border of interval) borders.v4.add(border);
    for (const interval of v6) for (const border of interval) borders.v6.add(border);
  }
  return [
    ...cut(set.v4, borders.v4).map((piece) => ofFamily(4, [piece])),
    ...cut(set.v6, borders.v6).map((piece) => ofFamily(6, [piece])),
  ];
}

function cut(set: Intervals<bigint>, borders: ReadonlySet<bigint>): [bigint, bigint][] {
  const ordered = [...borders].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
  const cells = ordered.flatMap((start, index): [bigint, bigint][] => {
    const end = ordered[index + 1];
    return end === undefined ? [] : [[start, end]];
  });
  const first = ordered[0];
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return set.map(([start, end]) => [start, end]);
  const whole: [bigint, bigint][] = [[0n, first], ...cells, [last, 1n << 128n]];
  return whole.flatMap((cell) =>
    intersection(set, intervals([cell])).map(([start, end]): [bigint, bigint] => [start, end]),
  );
}

/** @returns the lowest address of a set, IPv4 before IPv6; undefined for the empty set. */
export function firstAddress({ v4, v6 }: AddressSet): Address | undefined {
  const lowest4 = v4[0]?.[0];
  if (lowest4 !== undefined) return { family: 4, value: lowest4 };
  const lowest6 = v6[0]?.[0];
  return lowest6 === undefined ? undefined : { family: 6, value: lowest6 };
}

/** @returns an address as people write it; IPv6 in the form of RFC 5952. */
export function addressText({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  const zeros = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run.replace(/^:/, ''));
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  return text.replace(new RegExp(`(^|:)${longest}(:|$)`), '::');
}

function ofFamily(family: 4 | 6, part: Iterable<readonly [bigint, bigint]>): AddressSet {
  return family === 4 ? { v4: intervals(part), v6: [] } : { v4: [], v6: intervals(part) };
}

function parseV4(text: string): bigint {
  return text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const low = parseV4(dotted[2] ?? '');
    return parseV6(`${dotted[1]}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  }
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}
