import type { IReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1';
import type { Construct } from 'constructs';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';

/** Kinds that refer to objects of other namespaces, with their API groups. */
const FROM = {
  HTTPRoute: 'gateway.networking.k8s.io',
  GRPCRoute: 'gateway.networking.k8s.io',
  TLSRoute: 'gateway.networking.k8s.io',
  TCPRoute: 'gateway.networking.k8s.io',
  Gateway: 'gateway.networking.k8s.io',
} as const;

/** Props of {@link ReferenceGrant}. */
export interface ReferenceGrantProps extends ObjectProps {
  readonly from: readonly [GrantedReferrer, ...GrantedReferrer[]];
  readonly to: readonly [GrantedTarget, ...GrantedTarget[]];
}

/** Who may refer: all objects of a kind in a namespace. */
export interface GrantedReferrer {
  readonly kind: keyof typeof FROM;
  readonly namespace: string;
}

/** What may be referred to. */
export interface GrantedTarget {
  readonly kind: 'Service' | 'Secret';
  /** @default every object of the kind in the grant's namespace */
  readonly name?: string;
}

/**
 * Lets routes of other namespaces refer to Services of this one, or Gateways to its Secrets.
 *
 * @example
 * new ReferenceGrant(chart, 'from-edge', {
 *   from: [{ kind: 'HTTPRoute', namespace: 'edge' }], to: [{ kind: 'Service', name: 'api' }],
 * });
 */
export class ReferenceGrant extends KubeObject<IReferenceGrant> {
  constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    for (const { namespace } of props.from) check.dnsLabel('from', namespace);
    for (const { name } of props.to) if (name !== undefined) check.objectName('to', name);
    check.done();
    super(scope, id, {
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata,
      spec: {
        from: props.from.map(({ kind, namespace }) => ({ group: FROM[kind], kind, namespace })),
        to: props.to.map((target) => ({ group: '', ...target })),
      },
    });
  }
}
