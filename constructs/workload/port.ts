/** A transport protocol. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/**
 * A port that a container listens on. Declare it once; probes, Services and policies take this object. Its
 * name and number are part of its type, so that a port of another workload does not compile.
 */
export interface Port<N extends string = string, D extends number = number> {
  /** At most 15 lower case letters, digits and `-`. */
  readonly name: N;
  /** 1 to 65535. */
  readonly number: D;
  readonly protocol: Protocol;
}

/**
 * @param protocol @default TCP
 * @example
 * const http = port('http', 8080);
 */
export function port<const N extends string, const D extends number>(
  name: N,
  number: D,
  protocol: Protocol = 'TCP',
): Port<N, D> {
  return { name, number, protocol };
}

/** @returns whether two ports are the same declaration. */
export function samePort(a: Port, b: Port): boolean {
  return a.name === b.name && a.number === b.number && a.protocol === b.protocol;
}

/** @returns a port as people write it: `http 8080/TCP`. */
export function portText({ name, number, protocol }: Port): string {
  return `${name} ${number}/${protocol}`;
}
