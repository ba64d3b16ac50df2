import type { Construct } from 'constructs';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1';
import { defined } from '../defined.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';

/** Props of {@link StorageClass}. */
export interface StorageClassProps extends ObjectProps {
  /** The driver, such as `file.csi.azure.com`. */
  readonly provisioner: string;
  /** What the driver is told; all values are texts. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** @default Delete */
  readonly reclaimPolicy?: 'Delete' | 'Retain';
  /** @default Immediate */
  readonly volumeBindingMode?: 'Immediate' | 'WaitForFirstConsumer';
  /** @default false */
  readonly allowVolumeExpansion?: boolean;
  /** @default none */
  readonly mountOptions?: readonly string[];
}

/**
 * A kind of storage that claims can ask for.
 *
 * @example
 * new StorageClass(chart, 'files', { provisioner: 'file.csi.azure.com', mountOptions: ['uid=1000'] });
 */
export class StorageClass extends KubeObject<IStorageClass> {
  constructor(scope: Construct, id: string, props: StorageClassProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    check.that(props.provisioner !== '', 'provisioner', 'is empty', 'name the storage driver');
    check.done();
    const manifest = defined<Omit<IStorageClass, 'metadata'>>({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      provisioner: props.provisioner,
      parameters: props.parameters,
      reclaimPolicy: props.reclaimPolicy ?? 'Delete',
      volumeBindingMode: props.volumeBindingMode ?? 'Immediate',
      allowVolumeExpansion: props.allowVolumeExpansion,
      mountOptions: props.mountOptions && [...props.mountOptions],
    });
    super(scope, id, { ...manifest, metadata });
  }
}
