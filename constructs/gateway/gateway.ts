import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import type { Construct } from 'constructs';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import type { Labels } from '../labels/labels.ts';
import type { PodGroup } from '../labels/selector.ts';
import type { ExternalSecretRef } from '../secrets/external-secret.ts';
import { type Check, checkAt } from '../validate/check.ts';

type ListenerManifest = IGateway['spec']['listeners'][number];

/** Which namespaces' routes may use a listener. */
export type RouteNamespaces = 'Same' | 'All' | { readonly labels: Labels };

interface ListenerBasics {
  /** Name of the listener in its Gateway. */
  readonly name: string;
  /** A host name, or one with a leading `*.` for all names below a domain. */
  readonly hostname: string;
  /** @default Same */
  readonly routesFrom?: RouteNamespaces;
}

/** A listener that ends TLS. */
export interface HttpsListener extends ListenerBasics {
  /** @default HTTPS */
  readonly protocol?: 'HTTPS';
  /** @default 443 */
  readonly port?: number;
  /** The TLS Secret of the certificate. */
  readonly certificate: ExternalSecretRef;
}

/** A listener without encryption, for redirects to the encrypted one. */
export interface PlainHttpListener extends ListenerBasics {
  readonly protocol: 'HTTP';
  /** @default 80 */
  readonly port?: number;
}

/** One port of a Gateway and what it answers to. */
export type Listener = HttpsListener | PlainHttpListener;

/** Props of {@link Gateway}. */
export interface GatewayProps extends ObjectProps {
  /** The GatewayClass, which the cluster brings. */
  readonly className: string;
  readonly listeners: readonly [Listener, ...Listener[]];
}

/**
 * An entrance to the cluster. As a {@link PodGroup} it stands for the pods that its controller runs for it.
 *
 * @example
 * const https = { name: 'https', hostname: 'agents.example.org', certificate };
 * const gateway = new Gateway(chart, 'gateway', { className: 'istio', listeners: [https] });
 * new HttpRoute(chart, 'api-route', {
 *   gateway, rules: [{ matches: [pathPrefix('/api')], backends: [api.backend(http)] }],
 * });
 */
export class Gateway extends KubeObject<IGateway> implements PodGroup {
  readonly listeners: readonly Listener[];
  readonly podSelector: Labels;

  constructor(scope: Construct, id: string, props: GatewayProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    check.objectName('className', props.className);
    checkListeners(check, props.listeners);
    check.done();
    const listeners = props.listeners.map(listenerManifest);
    super(scope, id, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata,
      spec: { gatewayClassName: props.className, listeners },
    });
    this.listeners = props.listeners;
    this.podSelector = { 'gateway.networking.k8s.io/gateway-name': this.name };
  }
}

function checkListeners(check: Check, listeners: readonly Listener[]): void {
  for (const [index, listener] of listeners.entries()) {
    const { name, hostname, port } = listener;
    const field = `listener ${JSON.stringify(name)}`;
    check.objectName(field, name);
    check.hostname(`${field}: hostname`, hostname);
    if (port !== undefined) check.portNumber(`${field}: port`, port);
    const twin = listeners.slice(0, index).some((other) => other.name === name);
    check.that(!twin, field, 'is declared twice', 'give each listener its own name');
  }
}

function listenerManifest(listener: Listener): ListenerManifest {
  const { name, hostname, routesFrom = 'Same' } = listener;
  const namespaces: NonNullable<ListenerManifest['allowedRoutes']>['namespaces'] =
    typeof routesFrom === 'string'
      ? { from: routesFrom }
      : { from: 'Selector', selector: { matchLabels: { ...routesFrom.labels } } };
  const allowedRoutes = { namespaces };
  if (listener.protocol === 'HTTP') {
    return { name, hostname, port: listener.port ?? 80, protocol: 'HTTP', allowedRoutes };
  }
  const certificateRefs = [{ kind: 'Secret', name: listener.certificate.name }];
  const tls = { mode: 'Terminate' as const, certificateRefs };
  return { name, hostname, port: listener.port ?? 443, protocol: 'HTTPS', tls, allowedRoutes };
}
