import { compareText } from '../../core/compare-text.ts';
import type { Json } from '../../core/manifest.ts';
import {
  type Inventory,
  type InventoryObject,
  labelSelector,
  listAt,
  namespaceLabels,
  selects,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import type { AuthorityProblem, CertificateProblem, Certificates } from './certificates.ts';
import { settle } from './conflicts.ts';
import { createdAt, GATEWAY_API, groupAt, type RouteKind } from './route.ts';

export type ConflictReason = 'HostnameConflict' | 'ProtocolConflict';

/** A listener of a Gateway, its own or one of a ListenerSet. */
export interface Listener {
  /** The Gateway or ListenerSet that has it. */
  readonly owner: InventoryObject;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** Lower case; undefined for every host. */
  readonly hostname: string | undefined;
  /** Kinds of routes that it takes. */
  readonly kinds: ReadonlySet<RouteKind>;
  /** Whether `allowedRoutes.kinds` names a kind that its protocol does not have. */
  readonly invalidKinds: boolean;
  readonly conflict?: ConflictReason;
  readonly certificate?: CertificateProblem;
  readonly authority?: AuthorityProblem;
  /** Whether routes of a namespace may attach. */
  admits(namespace: string): boolean;
}

/** What becomes of a ListenerSet. */
export interface ListenerSetState {
  readonly object: InventoryObject;
  readonly accepted: boolean;
  readonly reason: 'Accepted' | 'NotAllowed' | 'ListenersNotValid' | 'ParentNotAccepted';
  readonly listeners: readonly Listener[];
}

/** A Gateway with all its listeners. */
export interface Gateway {
  readonly object: InventoryObject;
  /** What is wrong with the certificate that it shows to backends. */
  readonly clientCertificate?: string;
  readonly listeners: readonly Listener[];
  readonly sets: readonly ListenerSetState[];
}

const PROTOCOL_KINDS: Readonly<Record<string, readonly RouteKind[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
};

/** @returns whether the protocol of a listener is one that Gateway API defines. */
export function isKnownProtocol(protocol: string): boolean {
  return Object.hasOwn(PROTOCOL_KINDS, protocol);
}

/**
 * @returns whether a listener takes traffic: it conflicts with none, and all that it needs may be used; what is not in
 * the input may be made elsewhere
 */
export function serves({ protocol, conflict, certificate, authority }: Listener): boolean {
  return (
    isKnownProtocol(protocol) &&
    conflict === undefined &&
    (certificate === undefined || certificate.missing) &&
    (authority === undefined || !authority.all || authority.missing)
  );
}

/** @returns whether a controller would set a listener up, as its status says. */
export function isProgrammed(listener: Listener): boolean {
  return (
    serves(listener) &&
    listener.certificate === undefined &&
    listener.authority?.all !== true &&
    listener.kinds.size > 0
  );
}

/**
 * Reads a Gateway and the ListenerSets that it lets attach: its own listeners first, then those of the sets from the
 * oldest. Where listeners of one object conflict, none of them wins; between objects the earlier one does.
 */
export function gatewayOf(
  inventory: Inventory,
  object: InventoryObject,
  sets: readonly InventoryObject[],
  certificates: Certificates,
): Gateway {
  const taken: Listener[] = [];
  const listeners = settle(listenersOf(inventory, object, object, certificates), taken);
  const states = [...sets].sort(compareSets).map((set): ListenerSetState => {
    if (!allows(inventory, object, set))
      return { object: set, accepted: false, reason: 'NotAllowed', listeners: [] };
    const own = settle(listenersOf(inventory, object, set, certificates), taken);
    const accepted = own.some(isProgrammed);
    return { object: set, accepted, reason: accepted ? 'Accepted' : 'ListenersNotValid', listeners: own };
  });
  const clientCertificate = certificates.ofClient(object);
  return {
    object,
    listeners,
    sets: states,
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
}

/** @returns the Gateway that a ListenerSet wants to be part of. */
export function parentGateway(
  set: InventoryObject,
): { readonly namespace: string; readonly name: string } | undefined {
  const parent = valueAt(set.manifest, 'spec', 'parentRef');
  const name = textAt(parent, 'name');
  if (name === undefined || groupAt(parent, GATEWAY_API) !== GATEWAY_API) return undefined;
  if ((textAt(parent, 'kind') ?? 'Gateway') !== 'Gateway') return undefined;
  return { namespace: textAt(parent, 'namespace') ?? set.identity.namespace ?? 'default', name };
}

function compareSets(first: InventoryObject, second: InventoryObject): number {
  const name = ({ identity }: InventoryObject) => `${identity.namespace ?? 'default'}/${identity.name}`;
  return compareText(createdAt(first), createdAt(second)) || compareText(name(first), name(second));
}

function allows(inventory: Inventory, gateway: InventoryObject, set: InventoryObject): boolean {
  const namespaces = valueAt(gateway.manifest, 'spec', 'allowedListeners', 'namespaces');
  return admission(inventory, gateway, namespaces, 'None')(set.identity.namespace ?? 'default');
}

/** Reads a `namespaces` field of `allowedRoutes` or `allowedListeners`. */
function admission(
  inventory: Inventory,
  owner: InventoryObject,
  namespaces: Json | undefined,
  fallback: string,
): (namespace: string) => boolean {
  const from = textAt(namespaces, 'from') ?? fallback;
  if (from === 'All') return () => true;
  if (from === 'Same') return (namespace) => namespace === (owner.identity.namespace ?? 'default');
  const selector = from === 'Selector' ? labelSelector(valueAt(namespaces, 'selector')) : undefined;
  if (selector === undefined) return () => false;
  const known = new Map<string, boolean>();
  return (namespace) => {
    const before = known.get(namespace);
    if (before !== undefined) return before;
    const selected = selects(selector, namespaceLabels(inventory, namespace));
    known.set(namespace, selected);
    return selected;
  };
}

function listenersOf(
  inventory: Inventory,
  gateway: InventoryObject,
  owner: InventoryObject,
  certificates: Certificates,
): Listener[] {
  return listAt(owner.manifest, 'spec', 'listeners').map((listener): Listener => {
    const protocol = textAt(listener, 'protocol') ?? '';
    const port = valueAt(listener, 'port');
    const possible = Object.hasOwn(PROTOCOL_KINDS, protocol) ? (PROTOCOL_KINDS[protocol] ?? []) : [];
    const written = listAt(listener, 'allowedRoutes', 'kinds');
    const named = written.flatMap((kind) =>
      possible.filter((item) => groupAt(kind, GATEWAY_API) === GATEWAY_API && textAt(kind, 'kind') === item),
    );
    const certificate = certificates.ofListener(owner, listener);
    const authority =
      protocol === 'HTTPS' && typeof port === 'number'
        ? certificates.ofAuthorities(gateway, port)
        : undefined;
    return {
      owner,
      name: textAt(listener, 'name') ?? '',
      port: typeof port === 'number' ? port : 0,
      protocol,
      // a hostname says nothing where the protocol has none
      hostname:
        protocol === 'TCP' || protocol === 'UDP' ? undefined : textAt(listener, 'hostname')?.toLowerCase(),
      kinds: new Set(written.length === 0 ? possible : named),
      invalidKinds: written.length > named.length,
      ...(certificate === undefined ? {} : { certificate }),
      ...(authority === undefined ? {} : { authority }),
      admits: admission(inventory, owner, valueAt(listener, 'allowedRoutes', 'namespaces'), 'Same'),
    };
  });
}
