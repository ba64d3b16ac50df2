import { type InventoryObject, listAt, valueAt } from '../../inventory/index.ts';
import type { RouteAnswer, Unknown } from './answer.ts';
import { forward } from './forward.ts';
import { httpRequest, type RequestLine } from './request.ts';
import type { ParentReference, Route } from './route.ts';
import { entriesOf, type Routing } from './routing.ts';
import { routeTable } from './table.ts';

/**
 * What becomes of a request that a client inside a mesh sends to a Service.
 *
 * Routes of the Service's namespace are for every client, those of another namespace for clients of that namespace
 * alone, and where there are such, they alone count. Hostnames of routes say nothing. A Service without routes gets
 * the request itself.
 *
 * @param port of the Service
 */
export function routeMeshRequest(
  routing: Routing,
  service: InventoryObject,
  port: number,
  clientNamespace: string,
  line: RequestLine,
): RouteAnswer | Unknown {
  const { namespace = 'default', name } = service.identity;
  const attached = routing
    .children({ group: '', kind: 'Service', namespace, name })
    .filter(
      (route) =>
        routing.ignored(route) === undefined &&
        route.parents.some(
          (parent) => meansService(parent, namespace, name) && (parent.port ?? port) === port,
        ),
    );
  const consumer = attached.filter(
    (route) => route.namespace !== namespace && route.namespace === clientNamespace,
  );
  const producer = attached.filter((route) => route.namespace === namespace);
  const routes = consumer.length > 0 ? consumer : producer;
  const http = routes.filter(({ kind }) => kind === 'HTTPRoute' || kind === 'GRPCRoute');
  const stream = routes.find(({ kind }) => kind === 'TCPRoute' || kind === 'TLSRoute');
  if (stream !== undefined && http.length === 0)
    return {
      unknown: `${stream.kind} ${stream.namespace}/${stream.name} is a route of connections to a Service`,
    };
  const request = httpRequest(line);
  const forwarded = {
    method: request.method,
    path: request.target,
    ...(request.authority === undefined ? {} : { host: request.authority }),
    headers: Object.fromEntries([...request.headers.values()].map((header) => [header.name, header.value])),
  };
  if (http.length === 0)
    return {
      status: 200,
      ...(request.grpc ? { grpcStatus: 0 } : {}),
      backends: [{ group: '', kind: 'Service', namespace, name, port, weight: 1 }],
      request: forwarded,
      responseHeaders: {},
    };
  const table = routeTable(
    http.flatMap((route) =>
      entriesOf(route, routing.rules(route)).map((entry) => [undefined, entry] as const),
    ),
  );
  const entry = table.find(request);
  if (entry === undefined)
    return {
      status: 404,
      ...(request.grpc ? { grpcStatus: 12 } : {}),
      reason: 'no route matches',
      backends: [],
    };
  return forward(routing, entry, request, { scheme: 'http', port, mesh: true });
}

/** Ports of a Service. */
export function servicePorts(service: InventoryObject): number[] {
  return listAt(service.manifest, 'spec', 'ports').flatMap((item) => {
    const port = valueAt(item, 'port');
    return typeof port === 'number' ? [port] : [];
  });
}

function meansService(parent: ParentReference, namespace: string, name: string): boolean {
  return (
    parent.group === '' && parent.kind === 'Service' && parent.namespace === namespace && parent.name === name
  );
}

/** @returns whether a route attaches to a Service, all of it or one of its ports. */
export function attachesToService(routing: Routing, route: Route, parent: ParentReference): boolean {
  const service = routing.inventory.find('', 'Service', parent.namespace, parent.name);
  if (service === undefined || routing.ignored(route) !== undefined) return false;
  return parent.port === undefined || servicePorts(service).includes(parent.port);
}
