import { groupOf } from '../../core/manifest.ts';
import type { Inventory, InventoryObject } from '../../inventory/index.ts';
import { type AttachedListener, type Attachment, attach } from './attachment.ts';
import { type Backends, backendsOf, type RuleBackend } from './backend.ts';
import { certificatesOf } from './certificates.ts';
import { type Gateway, gatewayOf, type Listener, parentGateway } from './listener.ts';
import { listenersByPort, NO_LISTENERS, type PortListeners } from './port-listeners.ts';
import { GATEWAY_API, type ParentReference, type Route, routesOf } from './route.ts';
import { type Rule, type Rules, rulesOf } from './rule.ts';
import { type Entry, type RouteTable, routeTable } from './table.ts';

/** An object that takes no part in the answers, since the API server or its controller would refuse it. */
export interface Ignored {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly reason: string;
}

/** A route that attaches to a listener. */
export interface AttachedRoute extends AttachedListener {
  readonly route: Route;
}

/** What a route attaches to, without the part of it. */
export type Parent = Pick<ParentReference, 'group' | 'kind' | 'namespace' | 'name'>;

/** Gateways and routes of an inventory; each part is computed when it is first asked for, and kept. */
export interface Routing {
  readonly inventory: Inventory;
  readonly backends: Backends;
  /** The route that an object is. */
  routeOf(object: InventoryObject): Route | undefined;
  gateway(object: InventoryObject): Gateway;
  attachment(route: Route, parent: ParentReference): Attachment;
  rules(route: Route): Rules;
  /** Routes that name a parent, in input order. */
  children(parent: Parent): readonly Route[];
  /** Routes that attach to a listener, in input order, invalid ones left out. */
  attachedRoutes(listener: Listener): readonly AttachedRoute[];
  /** Ports that a Gateway listens on, in ascending order. */
  ports(object: InventoryObject): number[];
  listenersAt(object: InventoryObject, port: number): PortListeners;
  /** Backends of a rule, for a Gateway or for a mesh. */
  backendsOf(rule: Rule, mesh: boolean): readonly RuleBackend[];
  /** The routes of an HTTP or HTTPS listener. */
  table(listener: Listener): RouteTable;
  /** Why a route takes no part. */
  ignored(route: Route): Ignored | undefined;
  /** Routes that name an object, or a ListenerSet of it, as a parent and take no part. */
  ignoredUnder(object: InventoryObject): readonly Ignored[];
}

export function routingOf(inventory: Inventory): Routing {
  const certificates = certificatesOf(inventory);
  const routes = routesOf(inventory);
  const byObject = new Map(routes.map((route) => [route.object, route]));
  const byParent = new Map<string, Route[]>();
  for (const route of routes)
    for (const key of new Set(route.parents.map(keyOf))) append(byParent, key, route);
  const sets = new Map<string, InventoryObject[]>();
  for (const set of inventory.ofKind('ListenerSet', GATEWAY_API)) {
    const parent = parentGateway(set);
    if (parent !== undefined) append(sets, `${parent.namespace}/${parent.name}`, set);
  }
  const gateway = kept((object: InventoryObject) => {
    const { namespace = 'default', name } = object.identity;
    return gatewayOf(inventory, object, sets.get(`${namespace}/${name}`) ?? [], certificates);
  });
  const rules = kept(rulesOf);
  const ignored = (route: Route): Ignored | undefined => {
    const { kind, namespace, name } = route;
    const reason = kind === 'HTTPRoute' || kind === 'GRPCRoute' ? rules(route).invalid : undefined;
    return reason === undefined ? undefined : { kind, namespace, name, reason };
  };
  const children = (parent: Parent): readonly Route[] => byParent.get(keyOf(parent)) ?? [];
  const attachment = (route: Route, parent: ParentReference): Attachment =>
    attach(route, parent, ownListeners(inventory, parent, gateway));
  const attachedTo = kept((owner: InventoryObject) => {
    const parent = parentOf(owner);
    const attached = new Map<Listener, AttachedRoute[]>();
    for (const route of children(parent)) {
      if (ignored(route) !== undefined) continue;
      const found = new Map<Listener, AttachedListener>();
      for (const reference of route.parents) {
        if (keyOf(reference) !== keyOf(parent)) continue;
        for (const item of attachment(route, reference).listeners) found.set(item.listener, item);
      }
      for (const item of found.values()) append(attached, item.listener, { ...item, route });
    }
    return attached;
  });
  const attachedRoutes = (listener: Listener): readonly AttachedRoute[] =>
    attachedTo(listener.owner).get(listener) ?? [];
  const ports = kept((object: InventoryObject) => listenersByPort(gateway(object)));
  const backends = backendsOf(inventory);
  const resolved = [false, true].map((mesh) =>
    kept(({ route, backendRefs }: Rule) =>
      backendRefs.map((reference) => backends.resolve(route, reference, mesh)),
    ),
  );
  return {
    inventory,
    backends,
    ports: (object) => [...ports(object).keys()],
    listenersAt: (object, port) => ports(object).get(port) ?? NO_LISTENERS,
    backendsOf: (rule, mesh) => resolved[Number(mesh)]?.(rule) ?? [],
    routeOf: (object) => byObject.get(object),
    gateway,
    attachment,
    rules,
    children,
    attachedRoutes,
    table: kept((listener: Listener) =>
      routeTable(
        attachedRoutes(listener).flatMap(({ route, hostnames }) =>
          hostnames.flatMap((hostname) =>
            entriesOf(route, rules(route)).map((entry) => [hostname, entry] as const),
          ),
        ),
      ),
    ),
    ignored,
    ignoredUnder: kept((object: InventoryObject) => {
      const { namespace = 'default', name } = object.identity;
      const parents = [object, ...(sets.get(`${namespace}/${name}`) ?? [])];
      return [...new Set(parents.flatMap((parent) => children(parentOf(parent))))].flatMap(
        (route) => ignored(route) ?? [],
      );
    }),
  };
}

function parentOf({ identity }: InventoryObject): Parent {
  const { apiVersion, kind, namespace = 'default', name } = identity;
  return { group: groupOf(apiVersion), kind, namespace, name };
}

/** Every match of a route. */
export function entriesOf(route: Route, { rules }: Rules): Entry[] {
  return rules.flatMap((rule) =>
    rule.matches.map((match, matchIndex): Entry => ({ route, rule, match, matchIndex })),
  );
}

/** The listeners that a parent has of its own; none where it is not in the input. */
function ownListeners(
  inventory: Inventory,
  { group, kind, namespace, name }: Parent,
  gateway: (object: InventoryObject) => Gateway,
): readonly Listener[] {
  const object = group === GATEWAY_API ? inventory.find(group, kind, namespace, name) : undefined;
  if (object === undefined) return [];
  if (kind === 'Gateway') return gateway(object).listeners;
  const parent = kind === 'ListenerSet' ? parentGateway(object) : undefined;
  if (parent === undefined) return [];
  const owner = inventory.find(GATEWAY_API, 'Gateway', parent.namespace, parent.name);
  const set = owner === undefined ? undefined : gateway(owner).sets.find((item) => item.object === object);
  return set?.listeners ?? [];
}

function keyOf({ group, kind, namespace, name }: Parent): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Computes once for every key. */
function kept<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new Map<Key, Value>();
  return (key) => {
    let value = values.get(key);
    if (value === undefined) {
      value = compute(key);
      values.set(key, value);
    }
    return value;
  };
}
