import type { InventoryObject } from '../../inventory/index.ts';
import type { Pod } from '../reach/index.ts';
import type { Address } from '../sets/index.ts';
import { authorize, type Decision, type MeshReason, type Providers } from './authorize.ts';
import type { Connection, Identity, MeshRequest } from './connection.ts';
import type { Dataplane } from './membership.ts';
import type { MeshProxy } from './model.ts';
import { type EffectiveMode, modeFor } from './peer-authentication.ts';
import { appliesToPod, type MeshPolicies } from './policies.ts';
import { type Waypoint, waypointPolicies } from './waypoint.ts';

/** One connection to one pod. */
export interface MeshFlow {
  /** Null for plaintext, undefined where it is not known whether the peer has a certificate. */
  readonly identity: Identity | null | undefined;
  readonly sourceIp: Address | undefined;
  readonly to: Pod;
  readonly dataplane: Dataplane;
  /** Of the pod. */
  readonly port: number | undefined;
  readonly sni: string | undefined;
  /** Undefined for a protocol without requests. */
  readonly request: MeshRequest | undefined;
  /** The Service that the client speaks to. */
  readonly service: InventoryObject | undefined;
  /** Undefined where the connection goes straight to the pod's node. */
  readonly waypoint: Waypoint | undefined;
}

interface MeshSettings {
  readonly trustDomain: string;
  readonly root: string;
  readonly providers: Providers;
}

/** What the mesh says of a connection, and where it was denied. */
export interface MeshVerdict extends Decision {
  readonly stage?: 'peer-authentication' | MeshProxy;
}

/** Follows a connection: mutual TLS, then the sidecar, or the waypoint and the node's ztunnel. */
export function judgeFlow(flow: MeshFlow, policies: MeshPolicies, settings: MeshSettings): MeshVerdict {
  if (flow.dataplane === 'none') return { verdict: 'allow', because: [] };
  const { to, port } = flow;
  const mode = modeFor(policies.peerAuthentication, to.namespace, to.labels, port, settings.root);
  const refused = flow.waypoint === undefined ? refusedPlaintext(flow, mode) : undefined;
  if (refused !== undefined) return refused;
  return flow.dataplane === 'sidecar'
    ? throughSidecar(flow, mode, policies, settings)
    : throughZtunnel(flow, policies, settings);
}

function refusedPlaintext(
  { identity, dataplane }: MeshFlow,
  mode: EffectiveMode | undefined,
): MeshVerdict | undefined {
  if (mode === undefined)
    return {
      verdict: 'unknown',
      because: [],
      unknown: 'port is missing, and mutual TLS differs from port to port',
    };
  const isOfPort = mode.reason?.path.startsWith('/spec/portLevelMtls') === true;
  if (dataplane === 'ambient' && mode.mode === 'DISABLE' && isOfPort && identity === null)
    return {
      verdict: 'unknown',
      because: [],
      unknown: 'what the ambient mesh makes of mutual TLS of mode DISABLE for one port is not certain',
    };
  if (mode.mode !== 'STRICT' || (identity !== null && identity !== undefined)) return undefined;
  if (identity === undefined)
    return { verdict: 'unknown', because: [], unknown: 'it is not known whether the client uses mutual TLS' };
  return {
    verdict: 'deny',
    stage: 'peer-authentication',
    because: mode.reason === undefined ? [] : [mode.reason],
  };
}

function throughSidecar(
  flow: MeshFlow,
  mode: EffectiveMode | undefined,
  policies: MeshPolicies,
  settings: MeshSettings,
): MeshVerdict {
  const applying = policies.authorization.filter((policy) => appliesToPod(policy, flow.to, settings.root));
  // a client's proxy falls back to plaintext where the server takes no mutual TLS
  const identity = mode?.mode === 'DISABLE' ? null : flow.identity;
  return at(
    'sidecar',
    authorize(applying, { ...seen(flow, 'sidecar', settings), identity }, settings.providers),
  );
}

function throughZtunnel(flow: MeshFlow, policies: MeshPolicies, settings: MeshSettings): MeshVerdict {
  const because: MeshReason[] = [];
  const { waypoint } = flow;
  if (waypoint !== undefined) {
    const applying = waypointPolicies(policies.authorization, waypoint, flow.service, settings.root);
    if (applying === undefined)
      return {
        verdict: 'unknown',
        because,
        unknown:
          'which policies the waypoint has depends on its Gateway, or on the Service, which the question does not name',
      };
    const connection = {
      ...seen(flow, 'waypoint', settings),
      sourceIp: undefined,
      destinationIps: [],
      port: waypoint.port,
    };
    const decision = at('waypoint', authorize(applying, connection, settings.providers));
    if (decision.verdict !== 'allow') return decision;
    because.push(...decision.because);
  }
  const applying = policies.authorization.filter((policy) => appliesToPod(policy, flow.to, settings.root));
  const connection: Connection = {
    ...seen(flow, 'ztunnel', settings),
    request: undefined,
    // what comes through a waypoint comes from the waypoint
    ...(waypoint === undefined ? {} : { identity: waypoint.identity, sourceIp: undefined }),
  };
  const decision = at('ztunnel', authorize(applying, connection, settings.providers));
  return decision.verdict === 'allow'
    ? { ...decision, because: [...because, ...decision.because] }
    : decision;
}

function seen(flow: MeshFlow, proxy: MeshProxy, { trustDomain }: MeshSettings): Connection {
  const { identity, sourceIp, to, port, sni, request } = flow;
  return { proxy, trustDomain, identity, sourceIp, destinationIps: to.addresses, port, sni, request };
}

function at(stage: MeshProxy, decision: Decision): MeshVerdict {
  return decision.verdict === 'deny' ? { ...decision, stage } : decision;
}
