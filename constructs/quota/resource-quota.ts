import type { Construct } from 'constructs';
import type { IResourceQuota } from 'kubernetes-models/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';

/** A resource that a quota can bound; objects of any kind are counted as `count/<plural>.<group>`. */
export type QuotaResource =
  | 'pods'
  | 'services'
  | 'secrets'
  | 'configmaps'
  | 'persistentvolumeclaims'
  | 'requests.cpu'
  | 'requests.memory'
  | 'requests.storage'
  | 'requests.ephemeral-storage'
  | 'limits.cpu'
  | 'limits.memory'
  | 'limits.ephemeral-storage'
  | `requests.${string}/${string}`
  | `count/${string}`
  | `${string}.storageclass.storage.k8s.io/${string}`;

/** Props of {@link ResourceQuota}. */
export interface ResourceQuotaProps extends ObjectProps {
  /** The most of each resource. */
  readonly hard: Readonly<Partial<Record<QuotaResource, string>>>;
}

/**
 * What a namespace may use in all.
 *
 * @example
 * new ResourceQuota(chart, 'quota', { hard: { pods: '30', 'limits.memory': '64Gi' } });
 */
export class ResourceQuota extends KubeObject<IResourceQuota> {
  constructor(scope: Construct, id: string, props: ResourceQuotaProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const hard: Record<string, string> = {};
    for (const [resource, quantity = ''] of Object.entries(props.hard)) {
      check.quantity(`hard[${resource}]`, quantity);
      hard[resource] = quantity;
    }
    check.that(Object.keys(hard).length > 0, 'hard', 'is empty', 'bound at least one resource');
    check.done();
    super(scope, id, { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } });
  }
}
