import Type from 'typebox';
import {
  type Entity,
  imaginedPod,
  type NamedPort,
  type Pod,
  podsIn,
  podsOf,
} from '../analysis/reach/index.ts';
import { ALL_IPV4, parseCidr } from '../analysis/sets/index.ts';
import { equalitySelector, type Inventory, selects } from '../inventory/index.ts';
import { ipEndpoint, nameEndpoint, serviceEndpoint, serviceNamed } from './addressed-endpoint.ts';
import { type Endpoint, NOTHING } from './endpoint.ts';
import { endpointFromText } from './endpoint-text.ts';
import { type Context, QuestionError } from './question.ts';
import { refuseMalformed } from './shape.ts';

export type { Endpoint } from './endpoint.ts';

/** One side of a connection, as a question gives it. */
export const ENDPOINT = Type.Union([Type.String({ minLength: 1 }), Type.Object({})], {
  description:
    'pod, workload, namespace with labels, service, ip, cidr, fqdn or entity: {"pod": "ns/name"}, or as text pod:ns/name',
});

const text = Type.String({ minLength: 1 });
const NAMED_PORT = Type.Object(
  {
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    protocol: Type.Optional(Type.Enum(['TCP', 'UDP', 'SCTP'])),
  },
  { additionalProperties: false },
);
const LABELS = Type.Record(Type.String(), Type.String());

const FORM = Type.Object(
  {
    pod: Type.Optional(text),
    workload: Type.Optional(text),
    named: Type.Optional(text),
    namespace: Type.Optional(text),
    labels: Type.Optional(LABELS),
    having: Type.Optional(LABELS),
    serviceAccount: Type.Optional(text),
    namedPorts: Type.Optional(Type.Record(Type.String(), NAMED_PORT)),
    service: Type.Optional(text),
    ip: Type.Optional(text),
    cidr: Type.Optional(text),
    fqdn: Type.Optional(text),
    entity: Type.Optional(
      Type.Enum(['world', 'host', 'remote-node', 'kube-apiserver', 'cluster', 'ingress', 'health', 'all']),
    ),
  },
  { additionalProperties: false },
);
type Form = Type.Static<typeof FORM>;

const KEYS = ['pod', 'workload', 'named', 'namespace', 'service', 'ip', 'cidr', 'fqdn', 'entity'] as const;

/** Everything in a cluster that is no pod of its network. */
const CLUSTER: readonly Entity[] = [
  'host',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'health',
  'init',
  'unmanaged',
];

/**
 * Resolves one side of a connection.
 *
 * @param field of the question, for messages
 * @throws QuestionError where it is malformed, or not in the input
 */
export function endpointOf(value: unknown, field: string, context: Context): Endpoint {
  const form = typeof value === 'string' ? endpointFromText(value, field) : value;
  refuseMalformed(FORM, form, field);
  const given = form as Form;
  const [key, other] = KEYS.filter((each) => given[each] !== undefined);
  if (key === undefined || other !== undefined)
    throw new QuestionError(
      'malformed',
      `${field} must have exactly one of ${KEYS.filter((each) => each !== 'named').join(', ')}`,
    );
  return resolve(given, field, context);
}

function resolve(form: Form, field: string, context: Context): Endpoint {
  const { inventory } = context;
  if (form.namespace !== undefined)
    return { ...NOTHING, pods: podsOfNamespace(form, form.namespace, field, inventory) };
  if (form.service !== undefined)
    return serviceEndpoint(serviceNamed(form.service, field, inventory), field, inventory);
  if (form.ip !== undefined) return ipEndpoint(form.ip, field, inventory);
  if (form.fqdn !== undefined) return nameEndpoint(form.fqdn, field, context);
  if (form.entity !== undefined) return entityEndpoint(form.entity, inventory);
  if (form.cidr !== undefined) {
    const addresses = parseCidr(form.cidr);
    if (addresses === undefined)
      throw new QuestionError('malformed', `${field}.cidr ${form.cidr} is no CIDR`);
    return { ...NOTHING, addresses };
  }
  return { ...NOTHING, pods: existingPods(form, field, inventory) };
}

function podsOfNamespace(form: Form, namespace: string, field: string, inventory: Inventory): Pod[] {
  if (form.having === undefined) {
    const namedPorts = Object.entries(form.namedPorts ?? {}).map(
      ([name, { port, protocol = 'TCP' }]): NamedPort => ({ name, port, protocol }),
    );
    return [imaginedPod(inventory, namespace, form.labels ?? {}, form.serviceAccount, namedPorts)];
  }
  const selector = equalitySelector(form.having) ?? [];
  const pods = podsIn(inventory, namespace).filter((pod) => selects(selector, pod.labels));
  if (pods.length === 0) {
    const labels = Object.entries(form.having).map((pair) => pair.join('='));
    throw new QuestionError(
      'not-found',
      `${field}: no pod in namespace ${namespace} has ${labels.join(', ')}; any:${namespace}/${labels.join(',')} is one that need not exist`,
    );
  }
  return pods;
}

function existingPods({ pod, workload, named }: Form, field: string, inventory: Inventory): Pod[] {
  const written = pod ?? workload ?? named ?? '';
  const parts = written.split('/');
  const [namespace = '', ...rest] = parts;
  if (parts.includes('') || parts.length !== (workload === undefined ? 2 : 3))
    throw new QuestionError(
      'malformed',
      `${field} is ${written}; write ${workload === undefined ? 'NAMESPACE/NAME' : 'NAMESPACE/KIND/NAME'}`,
    );
  const name = rest.at(-1) ?? '';
  const kind = workload === undefined ? undefined : rest[0];
  const found = podsIn(inventory, namespace).filter((each) => {
    const isPod = each.name === name;
    if (pod !== undefined || kind === 'Pod') return isPod;
    const isOwned = each.owner?.name === name && (kind === undefined || each.owner.kind === kind);
    return isOwned || (kind === undefined && isPod);
  });
  if (found.length === 0) {
    const hint = pod === undefined ? '' : '; the pods that a workload makes are {"workload": "ns/Kind/name"}';
    throw new QuestionError('not-found', `${field}: no pods of ${written} are in the input${hint}`);
  }
  const owners = new Set(found.map(({ owner }) => owner?.kind));
  if (kind === undefined && owners.size > 1)
    throw new QuestionError(
      'malformed',
      `${field}: ${written} is the name of several kinds: ${[...owners].join(', ')}`,
    );
  return found;
}

function entityEndpoint(entity: NonNullable<Form['entity']>, inventory: Inventory): Endpoint {
  switch (entity) {
    case 'world':
      return { ...NOTHING, addresses: ALL_IPV4 };
    case 'cluster':
    case 'all':
      return {
        // a pod that no rule speaks of in particular stands for all that are not in the input
        pods: [...podsOf(inventory), imaginedPod(inventory, 'unlisted', {})],
        entities: CLUSTER,
        ...(entity === 'all' ? { addresses: ALL_IPV4 } : {}),
      };
    default:
      return { ...NOTHING, entities: [entity] };
  }
}
