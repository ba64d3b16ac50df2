import type { Construct } from 'constructs';
import type { IPersistentVolumeClaim, IPersistentVolumeClaimSpec } from 'kubernetes-models/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';
import type { StorageClass } from './storage-class.ts';

/** Who may mount a volume at a time. */
export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

/** A request for storage. */
export interface StorageRequest {
  readonly accessModes: readonly [AccessMode, ...AccessMode[]];
  /** Size, such as `50Gi`. */
  readonly size: string;
  /** The class, or the name of one that the cluster brings. @default the cluster's default class */
  readonly storageClass?: StorageClass | string;
}

/** Props of {@link PersistentVolumeClaim}. */
export interface PersistentVolumeClaimProps extends ObjectProps, StorageRequest {}

/**
 * Storage that outlives pods.
 *
 * @example
 * const workspace = new PersistentVolumeClaim(chart, 'workspace', {
 *   accessModes: ['ReadWriteMany'], size: '50Gi', storageClass: 'azurefile-csi-premium',
 * });
 * const mount = Volume.persistent('workspace', workspace).at('/workspace');
 */
export class PersistentVolumeClaim extends KubeObject<IPersistentVolumeClaim> {
  constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const spec = storageRequestManifest(check, props);
    check.done();
    super(scope, id, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec });
  }
}

/** @returns a request for storage as the API has it. */
export function storageRequestManifest(check: Check, request: StorageRequest): IPersistentVolumeClaimSpec {
  const { accessModes, size, storageClass } = request;
  check.quantity('size', size);
  if (typeof storageClass === 'string') check.objectName('storageClass', storageClass);
  const storageClassName = typeof storageClass === 'string' ? storageClass : storageClass?.name;
  return {
    accessModes: [...accessModes],
    resources: { requests: { storage: size } },
    ...(storageClassName === undefined ? {} : { storageClassName }),
  };
}
