import Type from 'typebox';
import {
  GATEWAY_API,
  isUnknown,
  type RequestLine,
  type RouteAnswer,
  routeIngressRequest,
  routeMeshRequest,
  routeRequest,
  servicePorts,
  type Unknown,
} from '../analysis/routes/index.ts';
import type { Inventory, InventoryObject } from '../inventory/index.ts';
import { endpointFromText } from './endpoint-text.ts';
import { ENDPOINT } from './endpoints.ts';
import { QuestionError, questionType } from './question.ts';
import { routingFor, withIgnored } from './routings.ts';

const HEADER = Type.Union([Type.String(), Type.Array(Type.String())]);

const REQUEST = Type.Object(
  {
    method: Type.Optional(Type.String({ minLength: 1 })),
    path: Type.Optional(Type.String({ pattern: '^/', description: 'with the query' })),
    host: Type.Optional(Type.String({ description: 'perhaps with a port' })),
    headers: Type.Optional(Type.Record(Type.String(), HEADER)),
    sni: Type.Optional(Type.String({ description: 'server name of the TLS handshake; the host by default' })),
    tls: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const PORT = Type.Integer({ minimum: 1, maximum: 65_535 });

/** `route`: which request reaches which backend, as what: through a Gateway or Ingresses, or to a Service inside a mesh. */
export const route = questionType(
  {
    gateway: Type.Optional(Type.String({ description: 'namespace/name' })),
    port: Type.Optional(PORT),
    from: Type.Optional(ENDPOINT),
    service: Type.Optional(Type.String({ description: 'namespace/name, for routing inside a mesh' })),
    ingressClass: Type.Optional(Type.String({ description: 'empty for Ingresses without a class' })),
    request: Type.Optional(REQUEST),
    grpc: Type.Optional(
      Type.Object({ service: Type.String({ minLength: 1 }), method: Type.String({ minLength: 1 }) }),
    ),
  },
  ({ gateway, service, ingressClass, port, from, request = {}, grpc }, { inventory }) => {
    const line: RequestLine = { ...request, ...(grpc === undefined ? {} : { grpc }) };
    const routing = routingFor(inventory);
    if ([gateway, service, ingressClass].filter((given) => given !== undefined).length !== 1)
      throw new QuestionError('malformed', 'route: give one of gateway, service and ingressClass');
    if (ingressClass !== undefined) return exact(routeIngressRequest(inventory, ingressClass, line));
    if (gateway !== undefined) {
      const object = named(inventory, GATEWAY_API, 'Gateway', gateway, 'gateway');
      const at = port ?? portOf(routing.ports(object), line);
      return {
        ...exact(routeRequest(routing, object, at, line)),
        ...withIgnored(routing.ignoredUnder(object)),
      };
    }
    const object = named(inventory, '', 'Service', service ?? '', 'service');
    const at = port ?? portOf(servicePorts(object), line);
    const answer = exact(routeMeshRequest(routing, object, at, clientNamespace(from), line));
    return { ...answer, ...withIgnored(routing.ignoredUnder(object)) };
  },
);

function exact(answer: RouteAnswer | Unknown): RouteAnswer {
  if (isUnknown(answer)) throw new QuestionError('unsupported', `route: ${answer.unknown}`);
  return answer;
}

function named(
  inventory: Inventory,
  group: string,
  kind: string,
  text: string,
  field: string,
): InventoryObject {
  const parts = text.split('/');
  const [namespace = '', name = ''] = parts;
  if (parts.length !== 2 || namespace === '' || name === '')
    throw new QuestionError('malformed', `${field} is ${text}; write NAMESPACE/NAME`);
  const object = inventory.find(group, kind, namespace, name);
  if (object === undefined)
    throw new QuestionError('not-found', `${field}: there is no ${kind} ${namespace}/${name} in the input`);
  return object;
}

/** The port of the host where it is one of the ports, else the only port, else the usual one of the scheme. */
function portOf(ports: readonly number[], { host, tls }: RequestLine): number {
  const written = Number(/:(\d+)$/.exec(host ?? '')?.[1]);
  if (ports.includes(written)) return written;
  const [port, ...others] = ports;
  if (port !== undefined && others.length === 0) return port;
  const usual = tls === true ? 443 : 80;
  if (ports.includes(usual)) return usual;
  throw new QuestionError('malformed', `port is missing; one of ${ports.join(', ')}`);
}

/** The namespace of a client: all that routing asks of it, so that its pods need not be in the input. */
function clientNamespace(from: unknown): string {
  const form = typeof from === 'string' ? endpointFromText(from, 'from') : (from ?? {});
  const { namespace, pod, workload, named } = form as Readonly<Record<string, unknown>>;
  const text = namespace ?? pod ?? workload ?? named;
  const [first = ''] = typeof text === 'string' ? text.split('/') : [];
  if (first === '' || (namespace === undefined && first === text))
    throw new QuestionError(
      'malformed',
      'from is missing or no client inside the mesh; give {"pod": "NAMESPACE/NAME"}, {"workload": "NAMESPACE/KIND/NAME"} or {"namespace": "NAMESPACE", "labels": {}}',
    );
  return first;
}
