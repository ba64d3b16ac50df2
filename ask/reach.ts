import Type from 'typebox';
import {
  addressBlocks,
  judge,
  type Peer,
  type Pod,
  type PolicySet,
  policiesOf,
  type Reason,
  type Request,
  sideOf,
  Undecidable,
  type Verdict,
} from '../analysis/reach/index.ts';
import {
  type AddressSet,
  ALL_IPV4,
  cutAddresses,
  firstAddress,
  PROTOCOLS,
  parseCidr,
  subtractAddresses,
  uniteAddresses,
} from '../analysis/sets/index.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINT, endpointOf } from './endpoints.ts';
import { receivingPorts } from './ports.ts';
import { type Context, QuestionError, questionType } from './question.ts';

const FIELDS = {
  from: ENDPOINT,
  to: ENDPOINT,
  port: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: 65535 }), Type.String({ minLength: 1 })], {
      description: 'number or name, of ICMP the message type; left out, every port must be open',
    }),
  ),
  protocol: Type.Optional(Type.Enum(PROTOCOLS)),
  http: Type.Optional(
    Type.Object(
      {
        method: Type.Optional(Type.String({ minLength: 1 })),
        path: Type.Optional(Type.String({ minLength: 1 })),
        host: Type.Optional(Type.String()),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
      },
      { additionalProperties: false },
    ),
  ),
  dnsQuery: Type.Optional(Type.String({ minLength: 1 })),
  sni: Type.Optional(Type.String({ minLength: 1 })),
};
type Question = Type.Static<Type.TObject<typeof FIELDS>>;

/** `reach`: whether network policies let one endpoint connect to another, and which make it so. */
export const reach = questionType(FIELDS, (question, context) => {
  const policies = policiesOf(context.inventory, context.options);
  const verdict = answer(question, context, policies);
  return { ...verdict, ...(policies.ignored.length > 0 && { ignored: policies.ignored }) };
});

function answer(question: Question, context: Context, policies: PolicySet): Verdict {
  const from = endpointOf(question.from, 'from', context);
  const to = endpointOf(question.to, 'to', context);
  if (from.pods.length === 0 && to.pods.length === 0)
    throw new QuestionError('malformed', 'neither from nor to is a pod, so no network policy has a say');
  if (from.name !== undefined)
    throw new QuestionError('malformed', 'from is a DNS name; a connection comes from an address');
  try {
    const verdict = verdictOn(question, from, to, context, policies);
    if (context.options.cni === 'kubernetes')
      refuseUndefinedHost(verdict, question, from, to, context, policies);
    return verdict;
  } catch (error) {
    if (error instanceof Undecidable) throw new QuestionError('unsupported', error.message);
    throw error;
  }
}

/** What a NetworkPolicy makes of a pod in its node's network is up to the network: a pod, or the node. */
function refuseUndefinedHost(
  verdict: Verdict,
  question: Question,
  from: Endpoint,
  to: Endpoint,
  context: Context,
  policies: PolicySet,
): void {
  if (![...from.pods, ...to.pods].some(({ hostNetwork }) => hostNetwork)) return;
  const asPods = (endpoint: Endpoint): Endpoint => ({
    ...endpoint,
    pods: endpoint.pods.map((pod) => ({ ...pod, hostNetwork: false })),
  });
  if (verdictOn(question, asPods(from), asPods(to), context, policies).verdict !== verdict.verdict)
    throw new Undecidable(
      'a pod has hostNetwork, and the answer depends on what the network makes of that; with cni cilium it is known',
    );
}

/** All of what the question means must be allowed; the first that is not tells why. */
function verdictOn(
  question: Question,
  from: Endpoint,
  to: Endpoint,
  { options }: Context,
  policies: PolicySet,
): Verdict {
  const request = requestOf(question);
  const because = new Map<string, Reason>();
  let denial: Verdict | undefined;
  let allowed = false;
  for (const source of peersOf(from, to.pods, 'ingress', policies, options.clusterDomain)) {
    const verdicts: Verdict[] = [];
    for (const target of peersOf(to, from.pods, 'egress', policies, options.clusterDomain)) {
      const ports = receivingPorts(question, to, target.pod);
      if (ports !== undefined)
        verdicts.push(judge({ from: source.peer, to: target.peer, ports, request }, policies));
    }
    const denied = verdicts.find(({ verdict }) => verdict === 'deny');
    if (denied !== undefined) refuseHalfKnownName(to, verdicts);
    denial ??= denied;
    // of the addresses of a name only one counts, whichever it is
    const counted = to.name === undefined || denied === undefined ? verdicts : [denied];
    allowed ||= counted.some(({ verdict, partial }) => verdict === 'allow' || partial === true);
    if (denial !== undefined && allowed) return { ...denial, partial: true };
    for (const reason of verdicts.flatMap((verdict) => verdict.because))
      because.set(JSON.stringify(reason), reason);
  }
  if (denial !== undefined) return denial;
  if (!allowed)
    throw new QuestionError('not-found', 'no pod behind the Service has the port that it sends to');
  return { verdict: 'allow', because: [...because.values()] };
}

/** Where a rule denies some addresses that a name may stand for and others are allowed, nobody can tell. */
function refuseHalfKnownName({ name }: Endpoint, verdicts: readonly Verdict[]): void {
  if (name === undefined || verdicts.every(({ verdict }) => verdict === 'deny')) return;
  if (verdicts.some(({ because }) => because.some(({ effect }) => effect === 'deny')))
    throw new Undecidable(`the answer depends on the addresses of ${name}`);
}

function requestOf({ http, dnsQuery, sni }: Question): Request {
  return {
    ...(http === undefined
      ? {}
      : { http: { method: 'GET', path: '/', ...http, headers: http.headers ?? {} } }),
    ...(dnsQuery === undefined ? {} : { dnsQuery }),
    ...(sni === undefined ? {} : { sni }),
  };
}

interface Target {
  readonly peer: Peer;
  /** The pod that the peer is; also where the peer is the pod's node. */
  readonly pod: Pod | undefined;
}

/** The single peers that an endpoint stands for; of addresses, one of each block that policies treat alike. */
function* peersOf(
  { pods, entities, addresses, name }: Endpoint,
  others: readonly Pod[],
  direction: 'ingress' | 'egress',
  policies: PolicySet,
  clusterDomain: string,
): Generator<Target> {
  for (const pod of pods) {
    // a pod in its node's network is its node, for policies
    if (pod.hostNetwork)
      for (const entity of ['host', 'remote-node'] as const) yield { peer: { type: 'entity', entity }, pod };
    else yield { peer: { type: 'pod', pod }, pod };
  }
  for (const entity of entities) yield { peer: { type: 'entity', entity }, pod: undefined };
  const set = name === undefined ? addresses : addressesOfName(name, clusterDomain);
  if (set === undefined) return;
  const blocks = others
    .filter(({ hostNetwork }) => !hostNetwork)
    .flatMap((pod) => addressBlocks(sideOf(direction, pod, policies)));
  for (const piece of cutAddresses(set, blocks)) {
    const address = firstAddress(piece);
    if (address === undefined) continue;
    yield {
      peer: name === undefined ? { type: 'address', address } : { type: 'name', name, address },
      pod: undefined,
    };
  }
}

/** Addresses that no public name stands for (RFC 6890 and multicast). */
const SPECIAL: AddressSet = uniteAddresses(
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ].flatMap((text) => parseCidr(text) ?? []),
);

/** A public name stands for public addresses, a name of the cluster or of a private zone for any. */
function addressesOfName(name: string, clusterDomain: string): AddressSet {
  const isPrivate =
    !name.includes('.') ||
    [`.${clusterDomain}`, '.local', '.internal'].some((suffix) => name.endsWith(suffix));
  return isPrivate ? ALL_IPV4 : subtractAddresses(ALL_IPV4, SPECIAL);
}
