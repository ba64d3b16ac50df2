import Type from 'typebox';
import { dataplaneOf, type Identity, identityOf } from '../analysis/mesh/index.ts';
import type { Pod } from '../analysis/reach/index.ts';
import {
  type Address,
  firstAddress,
  parseAddress,
  singleAddress,
  subtractAddresses,
} from '../analysis/sets/index.ts';
import { type Inventory, valueAt } from '../inventory/index.ts';
import { endpointOf } from './endpoints.ts';
import { type Context, QuestionError } from './question.ts';
import { refuseMalformed } from './shape.ts';

/** Who opens a connection, as a proxy of the mesh sees it. */
export interface Client {
  /** Null for plaintext; undefined where it is not known whether there is one. */
  readonly identity: Identity | null | undefined;
  readonly sourceIp: Address | undefined;
  /** Whether its own proxy is a sidecar, which goes other ways than ztunnel. */
  readonly sidecar?: boolean;
}

const GIVEN = Type.Object(
  {
    principal: Type.Optional(Type.Union([Type.Null(), Type.String({ minLength: 1 })])),
    namespace: Type.Optional(Type.String({ minLength: 1 })),
    ip: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

/**
 * Resolves the client: an endpoint, or what its certificate says.
 *
 * @param plaintext beside it in the question; within it, it means the same
 * @throws QuestionError
 */
export function clientsOf(from: unknown, plaintext: boolean | undefined, context: Context): Client[] {
  const { plaintext: within, ...rest } =
    typeof from === 'object' && from !== null ? ({ ...from } as Record<string, unknown>) : {};
  if (within !== undefined && typeof within !== 'boolean')
    throw new QuestionError('malformed', 'from.plaintext must be boolean');
  const plain = plaintext ?? within;
  const endpoint = typeof from === 'string' ? from : rest;
  if (isGiven(endpoint)) return [givenClient(endpoint, plain)];
  const { pods, entities, addresses, name } = endpointOf(endpoint, 'from', context);
  if (pods.length > 0 && entities.length === 0 && addresses === undefined)
    return pods.map((pod) => podClient(pod, plain, context));
  const address = addresses === undefined ? undefined : firstAddress(addresses);
  if (address === undefined || entities.length > 0 || name !== undefined)
    throw new QuestionError(
      'unsupported',
      'from is neither a pod nor an address, nor {principal, namespace, ip}',
    );
  if (plain === false) throw new QuestionError('malformed', 'from is an address; give its principal');
  const rest4 = subtractAddresses(addresses ?? singleAddress(address), singleAddress(address));
  const isSingle = rest4.v4.length + rest4.v6.length === 0;
  return [{ identity: null, sourceIp: isSingle ? address : undefined }];
}

/** A namespace alone is that of a certificate; with labels or the like it is an endpoint. */
function isGiven(from: unknown): boolean {
  if (typeof from !== 'object' || from === null) return false;
  const others = Object.keys(from).filter((key) => key !== 'namespace' && key !== 'ip');
  return 'principal' in from || (others.length === 0 && ('namespace' in from || !('ip' in from)));
}

function givenClient(from: unknown, plaintext: boolean | undefined): Client {
  refuseMalformed(GIVEN, from, 'from');
  const { principal = undefined, namespace, ip } = from as Type.Static<typeof GIVEN>;
  const sourceIp = ip === undefined ? undefined : parseAddress(ip);
  if (ip !== undefined && sourceIp === undefined)
    throw new QuestionError('malformed', `from.ip ${ip} is no IP address`);
  if (plaintext === true || principal === null) return { identity: null, sourceIp };
  if (principal === undefined && namespace === undefined && plaintext === undefined)
    return { identity: undefined, sourceIp };
  if (principal === undefined) return { identity: { principal, namespace }, sourceIp };
  const identity = identityOf(principal.replace(/^spiffe:\/\//, ''));
  if (namespace !== undefined && identity.namespace !== undefined && namespace !== identity.namespace)
    throw new QuestionError(
      'malformed',
      `from.principal is of namespace ${identity.namespace}, not of ${namespace}`,
    );
  return { identity, sourceIp };
}

function podClient(pod: Pod, plaintext: boolean | undefined, { inventory, options }: Context): Client {
  if (pod.owner?.kind === 'Gateway')
    throw new QuestionError(
      'unsupported',
      'from is a gateway, whose identity is not known here; give its principal',
    );
  const [sourceIp, ...others] = pod.addresses;
  const ip = others.length === 0 ? sourceIp : undefined;
  if (plaintext === true) return { identity: null, sourceIp: ip };
  const dataplane = pod.hostNetwork ? 'none' : (options.dataplane ?? dataplaneOf(pod, inventory));
  const meshed = plaintext === false || (dataplane !== undefined && dataplane !== 'none');
  if (meshed && (plaintext === false || dataplane !== 'sidecar' || !setsTls(inventory)))
    return {
      identity: identityOf(`${options.trustDomain}/ns/${pod.namespace}/sa/${pod.serviceAccount}`),
      sourceIp: ip,
      sidecar: dataplane === 'sidecar',
    };
  return { identity: dataplane === 'none' ? null : undefined, sourceIp: ip };
}

/** Whether a DestinationRule says with which TLS sidecars speak to others. */
function setsTls(inventory: Inventory): boolean {
  return inventory
    .ofKind('DestinationRule', 'networking.istio.io')
    .some(({ manifest }) => mentionsTls(valueAt(manifest, 'spec')));
}

function mentionsTls(spec: unknown): boolean {
  return JSON.stringify(spec ?? {}).includes('"tls":');
}
