import type { Json } from '../../core/manifest.ts';
import {
  type Inventory,
  type InventoryObject,
  listAt,
  textAt,
  textMapAt,
  valueAt,
} from '../../inventory/index.ts';
import type { RouteAnswer, Unknown } from './answer.ts';
import type { Backend } from './backend.ts';
import {
  bestOf,
  defaultBackend,
  type IngressPath,
  ingressesOf,
  isWildcardFor,
  pathsOf,
} from './ingress-path.ts';
import { type HttpRequest, httpRequest, type RequestLine } from './request.ts';

/**
 * What becomes of a request that reaches the controller of an Ingress class. What the API leaves to controllers has no
 * answer.
 *
 * @param className empty for Ingresses that belong to no class
 */
export function routeIngressRequest(
  inventory: Inventory,
  className: string,
  line: RequestLine,
): RouteAnswer | Unknown {
  const ingresses = ingressesOf(inventory, className);
  const request = httpRequest(line);
  const paths = ingresses.flatMap(pathsOf);
  const groups = [
    paths.filter(({ host }) => host === request.host),
    paths.filter(({ host }) => host !== undefined && isWildcardFor(host, request.host)),
    paths.filter(({ host }) => host === undefined),
  ];
  const chosen = groups.findIndex((group) => group.length > 0);
  const found = bestOf(groups[chosen] ?? [], request);
  if (found !== undefined && 'unknown' in found) return found;
  if (found === undefined) {
    if (groups.slice(chosen + 1).some((group) => bestOf(group, request) !== undefined))
      return {
        unknown: `whether paths of another host than ${request.host} may take over is left to the controller`,
      };
    return toDefault(inventory, ingresses, request);
  }
  return forwardTo(inventory, found, request, line.tls === true);
}

function toDefault(
  inventory: Inventory,
  ingresses: readonly InventoryObject[],
  request: HttpRequest,
): RouteAnswer | Unknown {
  const having = ingresses.filter(
    (ingress) => valueAt(ingress.manifest, 'spec', 'defaultBackend') !== undefined,
  );
  const [ingress, other] = having;
  if (ingress === undefined) return { status: 404, reason: 'no Ingress matches', backends: [] };
  if (other !== undefined) return { unknown: 'several Ingresses have a default backend' };
  return answerOf(inventory, ingress, defaultBackend(ingress), request);
}

/** Annotations of controllers that do not change where a request goes, nor as what. */
const HARMLESS =
  /\/(ingress\.class|proxy-(body-size|buffering|buffer-size|buffers-number|(read|send|connect)-timeout)|client-body-buffer-size|limit-[a-z-]+|backend-protocol|load-balance)$/;

function forwardTo(
  inventory: Inventory,
  { ingress, backend, rule, match }: IngressPath,
  request: HttpRequest,
  tls: boolean,
): RouteAnswer | Unknown {
  const annotations = Object.keys(textMapAt(ingress.manifest, 'metadata', 'annotations'));
  const open = annotations.find((key) => isForController(key) && !HARMLESS.test(key));
  if (open !== undefined) return { unknown: `what the annotation ${open} does is left to the controller` };
  if (!tls && isSecured(ingress, request.host))
    return { unknown: 'whether plain HTTP is redirected to TLS is left to the controller; ask with tls' };
  return { ...answerOf(inventory, ingress, backend, request), rule, match };
}

/** Such as `nginx.ingress.kubernetes.io/rewrite-target`. */
function isForController(annotation: string): boolean {
  return /(^|\.)ingress\.kubernetes\.io\/|nginx\.org\/|traefik\.|haproxy\.|konghq\.com\//.test(annotation);
}

function isSecured({ manifest }: InventoryObject, host: string): boolean {
  return listAt(manifest, 'spec', 'tls').some((item) => {
    const hosts = listAt(item, 'hosts');
    return (
      hosts.length === 0 ||
      hosts.some((name) => typeof name === 'string' && (name === host || isWildcardFor(name, host)))
    );
  });
}

function answerOf(
  inventory: Inventory,
  ingress: InventoryObject,
  reference: Json | undefined,
  request: HttpRequest,
): RouteAnswer | Unknown {
  const { namespace = 'default', name } = ingress.identity;
  const found = { route: { kind: 'Ingress', namespace, name } };
  const resource = valueAt(reference, 'resource');
  if (resource !== undefined)
    return { unknown: 'what a resource as backend answers is left to the controller' };
  const backend = serviceBackend(inventory, namespace, valueAt(reference, 'service'));
  if (backend === undefined)
    return { status: 500, reason: 'no backend can take the request', backends: [], ...found };
  const headers = Object.fromEntries(
    [...request.headers.values()].map((header) => [header.name, header.value]),
  );
  return {
    status: 200,
    backends: [{ ...backend, weight: 1 }],
    ...found,
    request: {
      method: request.method,
      path: request.target,
      ...(request.authority === undefined ? {} : { host: request.authority }),
      headers,
    },
    responseHeaders: {},
  };
}

/** A port may be given by the name that the Service gives it. */
function serviceBackend(
  inventory: Inventory,
  namespace: string,
  reference: Json | undefined,
): Backend | undefined {
  const name = textAt(reference, 'name');
  const service = name === undefined ? undefined : inventory.find('', 'Service', namespace, name);
  if (service === undefined || name === undefined) return undefined;
  const [number, label] = [valueAt(reference, 'port', 'number'), textAt(reference, 'port', 'name')];
  const item = listAt(service.manifest, 'spec', 'ports').find((port) =>
    label === undefined ? valueAt(port, 'port') === number : textAt(port, 'name') === label,
  );
  const port = valueAt(item, 'port');
  return typeof port === 'number' ? { group: '', kind: 'Service', namespace, name, port } : undefined;
}
