import { type HostMap, hostMap } from './hostname.ts';
import { type Gateway, type Listener, serves } from './listener.ts';

/** Listeners of one port that serve; undefined where there are none. */
export interface PortListeners {
  /** HTTPS and TLS, which the server name of the handshake tells apart. */
  readonly encrypted: HostMap<Listener> | undefined;
  /** Of these, HTTPS. */
  readonly https: HostMap<Listener> | undefined;
  readonly http: HostMap<Listener> | undefined;
  /** TCP, else UDP. */
  readonly stream: Listener | undefined;
}

/** A port without a listener. */
export const NO_LISTENERS: PortListeners = {
  encrypted: undefined,
  https: undefined,
  http: undefined,
  stream: undefined,
};

/** @returns the listeners of a Gateway and of its ListenerSets that serve, by port in ascending order. */
export function listenersByPort({ listeners, sets }: Gateway): ReadonlyMap<number, PortListeners> {
  const serving = [...listeners, ...sets.flatMap((set) => set.listeners)].filter(serves);
  const ports = [...new Set(serving.map(({ port }) => port))].sort((first, second) => first - second);
  return new Map(
    ports.map((port): [number, PortListeners] => {
      const own = serving.filter((listener) => listener.port === port);
      const of = (...protocols: readonly string[]): HostMap<Listener> | undefined => {
        const found = own.filter(({ protocol }) => protocols.includes(protocol));
        if (found.length === 0) return undefined;
        return hostMap(new Map(found.map((listener) => [listener.hostname ?? '', listener])));
      };
      const stream =
        own.find(({ protocol }) => protocol === 'TCP') ?? own.find(({ protocol }) => protocol === 'UDP');
      return [port, { encrypted: of('HTTPS', 'TLS'), https: of('HTTPS'), http: of('HTTP'), stream }];
    }),
  );
}
