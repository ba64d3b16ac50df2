import { type InventoryObject, listAt, valueAt } from '../../inventory/index.ts';
import type { AcceptedReason } from './attachment.ts';
import type { BackendProblem } from './backend.ts';
import { isKnownProtocol, isProgrammed, type Listener, parentGateway } from './listener.ts';
import { attachesToService } from './mesh.ts';
import { overlappingListeners } from './overlap.ts';
import { GATEWAY_API, type ParentReference, type Route } from './route.ts';
import type { Routing } from './routing.ts';
import { filterType, settingsOf } from './rule.ts';

/** What a controller would write about a route and one of its parents. */
export interface ParentStatus extends ParentReference {
  readonly accepted: boolean;
  readonly acceptedReason: AcceptedReason;
  readonly resolvedRefs: boolean;
  /** The first of the references that do not resolve, in the order of the rules. */
  readonly resolvedRefsReason: 'ResolvedRefs' | BackendProblem;
}

/** A condition as in the status of an object. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
}

export interface ListenerStatus {
  readonly name: string;
  readonly attachedRoutes: number;
  readonly supportedKinds: readonly { readonly group: string; readonly kind: string }[];
  readonly conditions: readonly Condition[];
}

/** What a controller would write about a Gateway or a ListenerSet. */
export interface GatewayStatus {
  readonly accepted: boolean;
  readonly acceptedReason: string;
  readonly programmed: boolean;
  readonly conditions: readonly Condition[];
  readonly listeners: readonly ListenerStatus[];
  /** ListenerSets that are part of the Gateway. */
  readonly attachedListenerSets?: number;
}

/** One status a parent reference, in the route's order. */
export function routeStatus(routing: Routing, route: Route): ParentStatus[] {
  return route.parents.map((parent): ParentStatus => {
    const mesh = parent.kind === 'Service' && parent.group === '';
    const acceptedReason = acceptedReasonOf(routing, route, parent, mesh);
    const problem = firstProblem(routing, route, mesh);
    return {
      ...parent,
      accepted: acceptedReason === 'Accepted',
      acceptedReason,
      resolvedRefs: problem === undefined,
      resolvedRefsReason: problem ?? 'ResolvedRefs',
    };
  });
}

function acceptedReasonOf(
  routing: Routing,
  route: Route,
  parent: ParentReference,
  mesh: boolean,
): AcceptedReason {
  if (routing.ignored(route) !== undefined) return 'UnsupportedValue';
  if (!mesh) return routing.attachment(route, parent).reason;
  return attachesToService(routing, route, parent) ? 'Accepted' : 'NoMatchingParent';
}

function firstProblem(routing: Routing, route: Route, mesh: boolean): BackendProblem | undefined {
  for (const rule of listAt(route.object.manifest, 'spec', 'rules')) {
    const backends = listAt(rule, 'backendRefs');
    const filters = [
      ...listAt(rule, 'filters'),
      ...backends.flatMap((backend) => listAt(backend, 'filters')),
    ];
    const mirrors = filters
      .filter((filter) => filterType(filter) === 'RequestMirror')
      .flatMap((filter) => valueAt(settingsOf(filter), 'backendRef') ?? []);
    for (const reference of [...backends, ...mirrors]) {
      const { problem } = routing.backends.resolve(route, reference, mesh);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

export function gatewayStatus(routing: Routing, object: InventoryObject): GatewayStatus {
  const { listeners, sets, clientCertificate } = routing.gateway(object);
  const accepted = listeners.filter((listener) => acceptedReasonOfListener(listener) === 'Accepted');
  const every = accepted.length === listeners.length;
  const ok = accepted.length > 0 || sets.some((set) => set.accepted);
  const all = [...listeners, ...sets.flatMap((set) => set.listeners)];
  const programmed = all.some(isProgrammed);
  const acceptedReason = every ? 'Accepted' : 'ListenersNotValid';
  const unresolved =
    clientCertificate ??
    (listeners.some((listener) => unresolvedOf(listener) !== undefined) ? 'ListenersNotResolved' : undefined);
  return {
    accepted: ok,
    acceptedReason,
    programmed,
    conditions: [
      condition('Accepted', ok, acceptedReason),
      condition('Programmed', programmed, programmed ? 'Programmed' : 'Invalid'),
      condition('ResolvedRefs', unresolved === undefined, unresolved ?? 'ResolvedRefs'),
    ],
    listeners: listenerStatuses(routing, listeners, all),
    attachedListenerSets: sets.filter((set) => set.accepted).length,
  };
}

/** @returns undefined where the Gateway of a ListenerSet is not in the input. */
export function listenerSetStatus(routing: Routing, object: InventoryObject): GatewayStatus | undefined {
  const parent = parentGateway(object);
  const owner =
    parent === undefined
      ? undefined
      : routing.inventory.find(GATEWAY_API, 'Gateway', parent.namespace, parent.name);
  if (owner === undefined) return undefined;
  const { listeners, sets } = routing.gateway(owner);
  const set = sets.find((item) => item.object === object);
  if (set === undefined) return undefined;
  const { accepted } = set;
  const valid = set.listeners.every((listener) => acceptedReasonOfListener(listener) === 'Accepted');
  const reason = accepted && !valid ? 'ListenersNotValid' : set.reason;
  const all = [...listeners, ...sets.flatMap((item) => item.listeners)];
  return {
    accepted,
    acceptedReason: reason,
    programmed: accepted,
    conditions: [
      condition('Accepted', accepted, reason),
      condition('Programmed', accepted, accepted ? 'Programmed' : set.reason),
    ],
    listeners: listenerStatuses(routing, set.listeners, all),
  };
}

/** @param all listeners of the Gateway, those of its ListenerSets included */
function listenerStatuses(
  routing: Routing,
  listeners: readonly Listener[],
  all: readonly Listener[],
): ListenerStatus[] {
  const overlapping = overlappingListeners(all);
  return listeners.map((listener) => listenerStatus(routing, listener, overlapping.has(listener)));
}

function listenerStatus(routing: Routing, listener: Listener, overlaps: boolean): ListenerStatus {
  const accepted = acceptedReasonOfListener(listener);
  const unresolved = unresolvedOf(listener);
  const programmed = isProgrammed(listener);
  return {
    name: listener.name,
    attachedRoutes: routing.attachedRoutes(listener).length,
    supportedKinds: [...listener.kinds].map((kind) => ({ group: GATEWAY_API, kind })),
    conditions: [
      condition('Accepted', accepted === 'Accepted', accepted),
      condition('Conflicted', listener.conflict !== undefined, listener.conflict ?? 'NoConflicts'),
      condition('ResolvedRefs', unresolved === undefined, unresolved ?? 'ResolvedRefs'),
      condition('Programmed', programmed, programmed ? 'Programmed' : (listener.conflict ?? 'Invalid')),
      ...(overlaps ? [condition('OverlappingTLSConfig', true, 'OverlappingHostnames')] : []),
    ],
  };
}

function acceptedReasonOfListener({ protocol, conflict, authority }: Listener): string {
  if (!isKnownProtocol(protocol)) return 'UnsupportedProtocol';
  return conflict ?? (authority?.all === true ? 'NoValidCACertificate' : 'Accepted');
}

function unresolvedOf({ certificate, authority, invalidKinds }: Listener): string | undefined {
  return certificate?.reason ?? authority?.reason ?? (invalidKinds ? 'InvalidRouteKinds' : undefined);
}

function condition(type: string, holds: boolean, reason: string): Condition {
  return { type, status: holds ? 'True' : 'False', reason };
}
