import { type Gateway, type Listener, serves } from './listener.ts';

/** Listeners of one port that serve, by hostname, the empty one for every host. */
export interface PortListeners {
  /** HTTPS and TLS, which the server name of the handshake tells apart. */
  readonly encrypted: ReadonlyMap<string, Listener>;
  /** Of these, HTTPS. */
  readonly https: ReadonlyMap<string, Listener>;
  readonly http: ReadonlyMap<string, Listener>;
  /** TCP, else UDP. */
  readonly stream: Listener | undefined;
}

/** A port without a listener. */
export const NO_LISTENERS: PortListeners = {
  encrypted: new Map(),
  https: new Map(),
  http: new Map(),
  stream: undefined,
};

/** @returns the listeners of a Gateway and of its ListenerSets that serve, by port in ascending order. */
export function listenersByPort({ listeners, sets }: Gateway): ReadonlyMap<number, PortListeners> {
  const serving = [...listeners, ...sets.flatMap((set) => set.listeners)].filter(serves);
  const ports = [...new Set(serving.map(({ port }) => port))].sort((first, second) => first - second);
  return new Map(
    ports.map((port): [number, PortListeners] => {
      const own = serving.filter((listener) => listener.port === port);
      const of = (...protocols: readonly string[]): ReadonlyMap<string, Listener> =>
        new Map(
          own
            .filter(({ protocol }) => protocols.includes(protocol))
            .map((listener) => [listener.hostname ?? '', listener]),
        );
      const stream =
        own.find(({ protocol }) => protocol === 'TCP') ?? own.find(({ protocol }) => protocol === 'UDP');
      return [port, { encrypted: of('HTTPS', 'TLS'), https: of('HTTPS'), http: of('HTTP'), stream }];
    }),
  );
}
