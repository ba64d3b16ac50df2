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
import { prefixesOf, prefixKey } from './path.ts';
import { type HttpRequest, httpRequest, type RequestLine } from './request.ts';
import { compareText, createdAt } from './route.ts';

const NETWORKING = 'networking.k8s.io';

/** A path of a rule of an Ingress. */
interface IngressPath {
  readonly ingress: InventoryObject;
  readonly host: string | undefined;
  readonly type: string;
  readonly path: string;
  readonly backend: Json | undefined;
  readonly rule: number;
  readonly match: number;
}

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

/** Ingresses of a class, the oldest first. */
function ingressesOf(inventory: Inventory, className: string): InventoryObject[] {
  const standard = inventory
    .ofKind('IngressClass', NETWORKING)
    .find(
      ({ manifest }) =>
        textAt(manifest, 'metadata', 'annotations', 'ingressclass.kubernetes.io/is-default-class') === 'true',
    );
  const key = ({ identity }: InventoryObject): string =>
    `${identity.namespace ?? 'default'}/${identity.name}`;
  return inventory
    .ofKind('Ingress', NETWORKING)
    .filter(({ manifest }) => {
      const written =
        textAt(manifest, 'spec', 'ingressClassName') ??
        textAt(manifest, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
      return (written ?? standard?.identity.name ?? '') === className;
    })
    .sort(
      (first, second) =>
        compareText(createdAt(first), createdAt(second)) || compareText(key(first), key(second)),
    );
}

/** A rule without paths sends its host to the default backend. */
function pathsOf(ingress: InventoryObject): IngressPath[] {
  return listAt(ingress.manifest, 'spec', 'rules').flatMap((item, rule) => {
    const host = textAt(item, 'host')?.toLowerCase();
    const paths = listAt(item, 'http', 'paths');
    const written =
      paths.length === 0 ? [{ pathType: 'Prefix', path: '/', backend: defaultBackend(ingress) }] : paths;
    return written.map((path, match): IngressPath => {
      const value = textAt(path, 'path') ?? '/';
      const type = textAt(path, 'pathType') ?? 'ImplementationSpecific';
      return {
        ingress,
        host,
        // every controller takes this path for all
        type: type === 'ImplementationSpecific' && value === '/' ? 'Prefix' : type,
        path: value,
        backend: valueAt(path, 'backend'),
        rule,
        match,
      };
    });
  });
}

function defaultBackend({ manifest }: InventoryObject): Json {
  return valueAt(manifest, 'spec', 'defaultBackend') ?? null;
}

/** The wildcard of an Ingress stands for one label. */
function isWildcardFor(host: string, name: string): boolean {
  return host.startsWith('*.') && name.indexOf('.') > 0 && name.slice(name.indexOf('.')) === host.slice(1);
}

/** The longest path, of two of one length the exact one, of equal ones that of the oldest Ingress. */
function bestOf(paths: readonly IngressPath[], { path }: HttpRequest): IngressPath | Unknown | undefined {
  const prefixes = [...prefixesOf(path), ''];
  const matching = paths.filter((item) =>
    item.type === 'Exact'
      ? item.path === path
      : item.type === 'Prefix' && prefixes.includes(prefixKey(item.path)),
  );
  const length = (item: IngressPath): number => prefixKey(item.path).length;
  const [best] = matching.sort(
    (first, second) =>
      length(second) - length(first) || Number(second.type === 'Exact') - Number(first.type === 'Exact'),
  );
  const open = paths.find((item) => mayMatch(item, path) && item.path.length >= (best?.path.length ?? 0));
  if (open !== undefined) return { unknown: `what path ${open.path} matches is left to the controller` };
  return best;
}

/** A path of plain characters, however a controller reads it, matches nothing that does not start with it. */
function mayMatch({ type, path: written }: IngressPath, path: string): boolean {
  return (
    type === 'ImplementationSpecific' && (!/^[\w/-]*$/.test(written) || path.startsWith(prefixKey(written)))
  );
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
