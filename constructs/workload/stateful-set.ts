import type { Construct } from 'constructs';
import type { IStatefulSet, IStatefulSetSpec } from 'kubernetes-models/apps/v1';
import { defined } from '../defined.ts';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { storageRequestManifest } from '../storage/persistent-volume-claim.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { checkReplicas, type Replicas } from './deployment.ts';
import { type PodProps, podTemplate } from './pod.ts';
import type { Port } from './port.ts';
import type { Volume } from './volume.ts';
import { WorkloadObject } from './workload.ts';

/** Props of {@link StatefulSet}. */
export interface StatefulSetProps<P extends Port = Port> extends ObjectProps, PodProps<P> {
  readonly replicas: Replicas;
  /** Name of the Service without an address of its own that gives each pod a name. */
  readonly serviceName: string;
  /** Whether pods start one after the other. @default OrderedReady */
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
}

/**
 * Pods with a name and storage of their own, hardened by default.
 *
 * @example
 * const data = Volume.ownStorage('data', { accessModes: ['ReadWriteOnce'], size: '10Gi' });
 * const store = new StatefulSet(chart, 'store', {
 *   selector: { app: 'store' },
 *   replicas: 1,
 *   serviceName: 'store',
 *   containers: [{ name: 'store', image: 'registry.example/store:7.4', mounts: [data.at('/data')], ports: [redis], resources }],
 * });
 * new Service(chart, 'store-service', { name: 'store', pods: store, ports: [redis], clusterIP: 'None' });
 */
export class StatefulSet<P extends Port = never> extends WorkloadObject<IStatefulSet, P> {
  readonly replicas: Replicas;

  constructor(scope: Construct, id: string, props: StatefulSetProps<P>) {
    const check = checkAt(scope, id);
    const { replicas, serviceName } = props;
    const metadata = metadataOf(check, id, props);
    const pod = podTemplate(check, props, { ownStorage: true });
    checkReplicas(check, replicas);
    check.dnsLabel('serviceName', serviceName);
    const claims = pod.ownVolumes.flatMap((volume) => claimTemplate(check, volume));
    check.done();
    const spec = defined<IStatefulSetSpec>({
      replicas: replicas === 'autoscaled' ? undefined : replicas,
      serviceName,
      podManagementPolicy: props.podManagementPolicy,
      selector: { matchLabels: { ...props.selector } },
      template: pod.template,
      volumeClaimTemplates: claims.length === 0 ? undefined : claims,
    });
    super(scope, id, { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec }, props, pod);
    this.replicas = replicas;
  }
}

function claimTemplate(check: Check, { name, ownStorage }: Volume) {
  if (ownStorage === undefined) return [];
  return [{ metadata: { name }, spec: storageRequestManifest(check, ownStorage) }];
}
