import { intersection } from './hostname.ts';
import type { Listener } from './listener.ts';

/** Listeners that terminate TLS on one port for hosts that another of them has as well: a connection may be reused. */
export function overlappingListeners(listeners: readonly Listener[]): ReadonlySet<Listener> {
  const secure = listeners.filter(({ protocol, conflict }) => protocol === 'HTTPS' && conflict === undefined);
  const overlapping = secure.filter((first) =>
    secure.some(
      (second) =>
        first !== second &&
        first.port === second.port &&
        intersection(first.hostname, second.hostname) !== undefined,
    ),
  );
  return new Set(overlapping);
}
