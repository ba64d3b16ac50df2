import type { RequestLine, RouteAnswer, Routing } from '../../../analysis/routes/index.ts';
import { isUnknown, routeRequest, routingOf } from '../../../analysis/routes/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

/** Fields of an object, as YAML in JSON's flow style would have them. */
type Fields = Readonly<Record<string, unknown>>;

const API = 'gateway.networking.k8s.io/v1';

/** A Gateway `infra/edge`; listeners are named by their place where they have no name. */
export function gateway(listeners: readonly Fields[], spec: Fields = {}): Fields {
  return {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { namespace: 'infra', name: 'edge' },
    spec: { gatewayClassName: 'any', listeners: listeners.map(named), ...spec },
  };
}

export function listenerSet(namespace: string, name: string, listeners: readonly Fields[]): Fields {
  return {
    apiVersion: API,
    kind: 'ListenerSet',
    metadata: { namespace, name },
    spec: { parentRef: { name: 'edge', namespace: 'infra' }, listeners: listeners.map(named) },
  };
}

function named(listener: Fields, index: number): Fields {
  return { name: `l${index}`, port: 80, protocol: 'HTTP', ...listener };
}

/** A route in `infra` that names the Gateway `edge`, unless its spec says otherwise. */
export function route(kind: string, name: string, spec: Fields, metadata: Fields = {}): Fields {
  return {
    apiVersion: API,
    kind,
    metadata: { namespace: 'infra', name, ...metadata },
    spec: { parentRefs: [{ name: 'edge', namespace: 'infra' }], ...spec },
  };
}

export function service(name: string, namespace = 'infra'): Fields {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: { ports: [{ port: 80 }] },
  };
}

export function to(name: string, more: Fields = {}): Fields {
  return { name, port: 80, ...more };
}

export function grant(namespace: string, from: Fields, target: Fields): Fields {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { namespace, name: 'grant' },
    spec: { from: [{ group: 'gateway.networking.k8s.io', ...from }], to: [{ group: '', ...target }] },
  };
}

export function namespace(name: string, labels: Fields): Fields {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** Services `a`, `b` and `c` of `infra` are always there. */
export function routing(...objects: readonly Fields[]): Routing {
  const all = [service('a'), service('b'), service('c'), ...objects];
  return routingOf(
    buildInventory(
      parseManifests(JSON.stringify({ kind: 'List', apiVersion: 'v1', items: all }), 'cluster.yaml'),
    ),
  );
}

/** Asks the Gateway `edge`. */
export function ask(cluster: Routing, line: RequestLine, port = 80): RouteAnswer {
  return askGateway(cluster, 'infra', 'edge', line, port);
}

/** Asks any Gateway; fails where there is no exact answer. */
export function askGateway(
  cluster: Routing,
  namespace: string,
  name: string,
  line: RequestLine,
  port: number,
): RouteAnswer {
  const gateway = cluster.inventory.find('gateway.networking.k8s.io', 'Gateway', namespace, name);
  if (gateway === undefined) throw new Error('there is no Gateway');
  const answer = routeRequest(cluster, gateway, port, line);
  if (isUnknown(answer)) throw new Error(answer.unknown);
  return answer;
}

/** The name of the only backend, or the status where the request is not forwarded. */
export function reaches(cluster: Routing, line: RequestLine, port = 80): string | number {
  const { status, backends } = ask(cluster, line, port);
  return status === 200 ? backends.map(({ name }) => name).join(' ') : status;
}
