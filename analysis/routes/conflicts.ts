import type { ConflictReason, Listener } from './listener.ts';

/**
 * Marks conflicts, first with listeners that are taken, then of those that are left with each other, and adds the ones
 * without to those that are taken.
 */
export function settle(listeners: readonly Listener[], taken: Listener[]): Listener[] {
  const held = listeners.map((listener) => conflicting(listener, taken));
  const free = held.filter(({ conflict }) => conflict === undefined);
  const settled = held.map((listener) =>
    conflicting(
      listener,
      free.filter((other) => other !== listener),
    ),
  );
  taken.push(...settled.filter(({ conflict }) => conflict === undefined));
  return settled;
}

function conflicting(listener: Listener, others: readonly Listener[]): Listener {
  if (listener.conflict !== undefined) return listener;
  const conflicts = others.map((other) => conflictOf(listener, other));
  const conflict = conflicts.includes('ProtocolConflict')
    ? 'ProtocolConflict'
    : conflicts.find((item) => item !== undefined);
  return conflict === undefined ? listener : { ...listener, conflict };
}

function conflictOf(first: Listener, second: Listener): ConflictReason | undefined {
  if (first.port !== second.port) return undefined;
  const layer = transport(first.protocol);
  if (layer === undefined || (layer === 'udp') !== (transport(second.protocol) === 'udp')) return undefined;
  if (transport(second.protocol) === undefined) return undefined;
  // TLS and HTTPS are told apart by the server name of the handshake
  if (layer !== transport(second.protocol) || layer === 'tcp' || layer === 'udp') return 'ProtocolConflict';
  return first.hostname === second.hostname ? 'HostnameConflict' : undefined;
}

function transport(protocol: string): 'http' | 'tls' | 'tcp' | 'udp' | undefined {
  if (protocol === 'HTTP') return 'http';
  if (protocol === 'HTTPS' || protocol === 'TLS') return 'tls';
  return protocol === 'TCP' ? 'tcp' : protocol === 'UDP' ? 'udp' : undefined;
}
