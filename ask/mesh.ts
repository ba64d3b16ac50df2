import Type from 'typebox';
import {
  type Dataplane,
  dataplaneOf,
  goesAround,
  judgeFlow,
  type MeshFlow,
  type MeshReason,
  type MeshRequest,
  type MeshVerdict,
  meshPoliciesOf,
  type Waypoint,
  waypointOf,
} from '../analysis/mesh/index.ts';
import type { Pod } from '../analysis/reach/index.ts';
import type { Json } from '../core/manifest.ts';
import { ENDPOINT, type Endpoint, endpointOf } from './endpoints.ts';
import { type Client, clientsOf } from './mesh-client.ts';
import { receivingPorts } from './ports.ts';
import { type Context, QuestionError, questionType } from './question.ts';

const FIELDS = {
  from: ENDPOINT,
  plaintext: Type.Optional(Type.Boolean({ description: 'whether the client uses no mutual TLS' })),
  to: ENDPOINT,
  port: Type.Optional(
    Type.Union([Type.Integer({ minimum: 1, maximum: 65535 }), Type.String({ minLength: 1 })], {
      description: 'number or name, of a Service where to is one',
    }),
  ),
  protocol: Type.Optional(Type.Enum(['HTTP', 'HTTP2', 'GRPC', 'HTTPS', 'TLS', 'TCP'])),
  method: Type.Optional(Type.String({ minLength: 1 })),
  path: Type.Optional(Type.String({ pattern: '^/' })),
  host: Type.Optional(Type.String({ minLength: 1 })),
  headers: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))),
  sni: Type.Optional(Type.String({ minLength: 1 })),
  jwt: Type.Optional(
    Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())], {
      description: 'validated claims',
    }),
  ),
  custom: Type.Optional(
    Type.Record(Type.String(), Type.Enum(['allow', 'deny']), { description: 'what a provider decides' }),
  ),
  via: Type.Optional(Type.Enum(['waypoint'])),
};
type Question = Type.Static<Type.TObject<typeof FIELDS>>;

/** `mesh`: whether Istio's policies let a client speak to a workload, at each proxy that has a say. */
export const mesh = questionType(FIELDS, (question, context) => {
  const { ignored } = meshPoliciesOf(context.inventory);
  return { ...answer(question, context), ...(ignored.length > 0 && { ignored }) };
});

/** All of what the question means must be allowed; the first that is not tells why. */
function answer(question: Question, context: Context): object {
  const to = endpointOf(question.to, 'to', context);
  if (to.pods.length === 0)
    throw new QuestionError(
      'unsupported',
      'to is no pod, and policies on traffic that leaves the mesh are not known',
    );
  const because = new Map<string, MeshReason>();
  let denial: MeshVerdict | undefined;
  let allowed = false;
  for (const client of clientsOf(question.from, question.plaintext, context)) {
    for (const pod of to.pods) {
      const verdict = verdictOn(question, client, to, pod, context);
      if (verdict === undefined) continue;
      if (verdict.verdict === 'deny') denial ??= verdict;
      else allowed = true;
      for (const reason of verdict.because) because.set(JSON.stringify(reason), reason);
    }
  }
  if (denial !== undefined) return { ...denial, ...(allowed && { partial: true }) };
  if (!allowed)
    throw new QuestionError('not-found', 'no pod behind the Service has the port that it sends to');
  return { verdict: 'allow', because: [...because.values()] };
}

function verdictOn(
  question: Question,
  client: Client,
  to: Endpoint,
  pod: Pod,
  context: Context,
): MeshVerdict | undefined {
  const port = portOf(question, to, pod);
  if (port === 'elsewhere') return undefined;
  const { inventory, options } = context;
  const dataplane = dataplaneFor(pod, context);
  const waypoint = waypointFor(question, client, to, pod, port, dataplane, context);
  // with neither protocol nor request, both must have one answer
  const protocols = requestIsKnown(question) ? [isRequest(question)] : [true, false];
  const [verdict, ...others] = protocols.map((asRequest): MeshVerdict => {
    const flow: MeshFlow = {
      ...client,
      to: pod,
      dataplane,
      port,
      sni: question.sni,
      request: asRequest ? requestOf(question) : undefined,
      service: to.service,
      waypoint,
    };
    return judgeFlow(flow, meshPoliciesOf(inventory), {
      trustDomain: options.trustDomain,
      root: options.meshRootNamespace,
      providers: (name) => own(question.custom, name) ?? own(question.custom, 'provider'),
    });
  });
  if (verdict === undefined) return undefined;
  const unknown = [verdict, ...others].find((each) => each.verdict === 'unknown');
  if (unknown !== undefined)
    throw new QuestionError('unsupported', unknown.unknown ?? 'the verdict is not known');
  if (verdict.stage === 'peer-authentication' && /gateway/.test(pod.labels['istio'] ?? ''))
    throw new QuestionError(
      'unsupported',
      'to is a gateway, whose listeners say themselves which TLS they take',
    );
  if (others.some((each) => each.verdict !== verdict.verdict))
    throw new QuestionError('unsupported', 'the verdict depends on the protocol; say protocol');
  return verdict;
}

/** Where a Service has a waypoint, ztunnel leads to it what clients of the ambient mesh send there. */
function waypointFor(
  { via, port: asked }: Question,
  { identity, sidecar }: Client,
  { service }: Endpoint,
  pod: Pod,
  port: number | undefined,
  dataplane: Dataplane,
  { inventory, options }: Context,
): Waypoint | undefined {
  const named = via === 'waypoint';
  if (named && dataplane !== 'ambient')
    throw new QuestionError('unsupported', 'via is waypoint, but the destination is not in the ambient mesh');
  if (named && identity === null)
    throw new QuestionError('unsupported', 'via is waypoint, but plaintext goes straight to the destination');
  if (dataplane !== 'ambient' || identity === null) return undefined;
  // the waypoint sees the port of the Service; where the pod's is another, which one counts is not certain
  const seen = asked === port ? port : undefined;
  const waypoint = waypointOf(inventory, service, pod, seen, named, options.trustDomain);
  if (waypoint !== undefined && !named && (identity === undefined || sidecar === true))
    throw new QuestionError(
      'unsupported',
      'whether this client goes through the waypoint is not known; say via',
    );
  return waypoint;
}

function own<Value>(map: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function dataplaneFor(pod: Pod, { inventory, options }: Context): Dataplane {
  if (pod.owner?.kind === 'Gateway' || Object.hasOwn(pod.labels, 'gateway.networking.k8s.io/gateway-name'))
    throw new QuestionError('unsupported', 'to is a gateway, whose policies are not known here');
  const dataplane = pod.hostNetwork ? 'none' : (options.dataplane ?? dataplaneOf(pod, inventory));
  if (dataplane === undefined)
    throw new QuestionError(
      'unsupported',
      `Namespace ${pod.namespace} is not in the input, so whether its pods are in the mesh is not known; give option dataplane`,
    );
  if (dataplane === 'sidecar' && goesAround(pod, inventory))
    throw new QuestionError(
      'unsupported',
      'annotations of the pod lead some of its ports around the sidecar',
    );
  return dataplane;
}

function portOf({ port }: Question, to: Endpoint, pod: Pod): number | undefined | 'elsewhere' {
  if (port === undefined) return undefined;
  const ports = receivingPorts({ port, protocol: 'TCP' }, to, pod)?.TCP;
  const [first, ...others] = ports ?? [];
  if (first === undefined) return 'elsewhere';
  if (others.length > 0 || first[1] !== first[0] + 1)
    throw new QuestionError('unsupported', `port ${port} is several ports of the destination`);
  return first[0];
}

function requestIsKnown({ protocol, method, path, host, headers, jwt }: Question): boolean {
  return protocol !== undefined || [method, path, host, headers, jwt].some((each) => each !== undefined);
}

function isRequest({ protocol = 'HTTP' }: Question): boolean {
  return ['HTTP', 'HTTP2', 'GRPC'].includes(protocol);
}

function requestOf({ protocol, method, path, host, headers = {}, jwt }: Question): MeshRequest {
  return {
    method: method ?? (protocol === 'GRPC' ? 'POST' : undefined),
    path,
    host,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(',')]),
    ),
    claims: (jwt ?? null) as Json,
  };
}
