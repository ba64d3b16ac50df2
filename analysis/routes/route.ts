import { compareText } from '../../core/compare-text.ts';
import type { Json } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, listAt, textAt, valueAt } from '../../inventory/index.ts';

/** The API group of gateways and routes. */
export const GATEWAY_API = 'gateway.networking.k8s.io';

const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

export type RouteKind = (typeof ROUTE_KINDS)[number];

/** Where a route wants to attach, with defaults filled in. */
export interface ParentReference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

/** A route, its rules not yet read. */
export interface Route {
  readonly object: InventoryObject;
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  /** RFC 3339; of a route that the cluster does not have yet, later than any. */
  readonly created: string;
  readonly parents: readonly ParentReference[];
  /** Lower case; empty where the route takes those of the listener. */
  readonly hostnames: readonly string[];
}

/** @returns every route of the input, in its order. */
export function routesOf(inventory: Inventory): Route[] {
  return ROUTE_KINDS.flatMap((kind) =>
    inventory.ofKind(kind, GATEWAY_API).map((object) => routeOf(object, kind)),
  );
}

/** @returns when an object was created: RFC 3339, and later than any for one that the cluster does not have yet. */
export function createdAt(object: InventoryObject): string {
  return textAt(object.manifest, 'metadata', 'creationTimestamp') ?? '~';
}

function routeOf(object: InventoryObject, kind: RouteKind): Route {
  const { namespace = 'default', name } = object.identity;
  return {
    object,
    kind,
    namespace,
    name,
    created: createdAt(object),
    parents: listAt(object.manifest, 'spec', 'parentRefs').map((parent) => parentOf(parent, namespace)),
    hostnames:
      kind === 'TCPRoute' || kind === 'UDPRoute'
        ? []
        : listAt(object.manifest, 'spec', 'hostnames').flatMap((hostname) =>
            typeof hostname === 'string' ? hostname.toLowerCase() : [],
          ),
  };
}

/** A field such as a parent or backend reference, whose group may be left out for a default and empty for the core. */
export function groupAt(reference: Json | undefined, fallback: string): string {
  const group = valueAt(reference, 'group');
  return typeof group === 'string' ? group : fallback;
}

function parentOf(parent: Json, namespace: string): ParentReference {
  const sectionName = textAt(parent, 'sectionName');
  const port = valueAt(parent, 'port');
  return {
    group: groupAt(parent, GATEWAY_API),
    kind: textAt(parent, 'kind') ?? 'Gateway',
    namespace: textAt(parent, 'namespace') ?? namespace,
    name: textAt(parent, 'name') ?? '',
    ...(sectionName === undefined ? {} : { sectionName }),
    ...(typeof port === 'number' ? { port } : {}),
  };
}

/**
 * Orders routes that are otherwise equal: the oldest first, then by `namespace/name`.
 *
 * @returns a negative number where the first comes first
 */
export function compareAge(first: Route, second: Route): number {
  return (
    compareText(first.created, second.created) ||
    compareText(`${first.namespace}/${first.name}`, `${second.namespace}/${second.name}`)
  );
}
