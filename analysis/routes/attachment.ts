import { intersection } from './hostname.ts';
import type { Listener } from './listener.ts';
import type { ParentReference, Route } from './route.ts';

/** Why a route does not attach to a parent, in the words of Gateway API. */
export type AcceptedReason =
  | 'Accepted'
  | 'NoMatchingParent'
  | 'NotAllowedByListeners'
  | 'NoMatchingListenerHostname'
  | 'UnsupportedValue';

/** A listener that a route attaches to. */
export interface AttachedListener {
  readonly listener: Listener;
  /** The hosts that both listener and route stand for: at least one; undefined is every host. */
  readonly hostnames: readonly (string | undefined)[];
}

export interface Attachment {
  readonly reason: AcceptedReason;
  /** Empty where the route is not accepted. */
  readonly listeners: readonly AttachedListener[];
}

/**
 * Attaches a route to the listeners of one of its parents.
 *
 * @param listeners of the parent, those of other parents left out
 */
export function attach(route: Route, parent: ParentReference, listeners: readonly Listener[]): Attachment {
  const named = listeners.filter(
    ({ name, port }) =>
      (parent.sectionName === undefined || parent.sectionName === name) &&
      (parent.port === undefined || parent.port === port),
  );
  if (named.length === 0) return { reason: 'NoMatchingParent', listeners: [] };
  const allowed = named.filter(({ kinds, admits }) => kinds.has(route.kind) && admits(route.namespace));
  if (allowed.length === 0) return { reason: 'NotAllowedByListeners', listeners: [] };
  const attached = allowed
    .map((listener) => ({ listener, hostnames: sharedHostnames(route, listener) }))
    .filter(({ hostnames }) => hostnames.length > 0);
  return attached.length === 0
    ? { reason: 'NoMatchingListenerHostname', listeners: [] }
    : { reason: 'Accepted', listeners: attached };
}

function sharedHostnames(route: Route, listener: Listener): (string | undefined)[] {
  if (route.hostnames.length === 0) return [listener.hostname];
  // a hostname means nothing to a protocol that has none
  if (listener.protocol === 'TCP' || listener.protocol === 'UDP') return [undefined];
  const shared = route.hostnames.flatMap((hostname) => intersection(hostname, listener.hostname) ?? []);
  return [...new Set(shared.map(({ hostname }) => hostname))];
}
