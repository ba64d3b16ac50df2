import type { Construct } from 'constructs';
import { PersistentVolumeClaim } from '../../constructs/storage/persistent-volume-claim.ts';
import { StorageClass } from '../../constructs/storage/storage-class.ts';
import { Volume } from '../../constructs/workload/volume.ts';
import type { Installation } from './installation.ts';

/** The files of users and runs. */
export interface Storage {
  /** Shared by the API, the worker and every sandbox. */
  readonly workspace: Volume;
  /** An old SQLite database to import, where that Job is on. */
  readonly data: Volume | undefined;
}

/** GiB of the old database's volume. */
const OLD_DATABASE = 10;

/** @returns GiB that all volumes of an installation ask for. */
export function requestedStorage({ parameters: { workspace, jobs }, throwaway }: Installation): number {
  if (throwaway) return 0;
  const unit = workspace.size.endsWith('Ti') ? 1024 : 1;
  return Number.parseInt(workspace.size, 10) * unit + (jobs.sqliteImport ? OLD_DATABASE : 0);
}

export function composeStorage(area: Construct, { parameters, throwaway }: Installation): Storage {
  // the throwaway mode keeps nothing: every pod has a workspace of its own that ends with it
  if (throwaway) return { workspace: Volume.emptyDir('workspace'), data: undefined };
  const { storageClass, createStorageClass, size } = parameters.workspace;
  const workspace = new PersistentVolumeClaim(area, 'agentweaver-workspace', {
    accessModes: ['ReadWriteMany'],
    storageClass: createStorageClass ? userOwnedShares(area, storageClass) : storageClass,
    size,
  });
  return {
    workspace: Volume.persistent('workspace', workspace),
    data: parameters.jobs.sqliteImport ? Volume.persistent('data', oldDatabase(area)) : undefined,
  };
}

/** The built-in class mounts shares owned by root, where the containers' user 1000 can make no directory. */
function userOwnedShares(area: Construct, name: string): StorageClass {
  return new StorageClass(area, 'user-owned-shares', {
    name,
    provisioner: 'file.csi.azure.com',
    parameters: { skuName: 'Premium_LRS' },
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: [
      'dir_mode=0755',
      'file_mode=0644',
      'uid=1000',
      'gid=1000',
      'mfsymlinks',
      'cache=strict',
      'actimeo=30',
    ],
  });
}

function oldDatabase(area: Construct): PersistentVolumeClaim {
  return new PersistentVolumeClaim(area, 'agentweaver-data', {
    accessModes: ['ReadWriteOnce'],
    storageClass: 'managed-csi-premium',
    size: `${OLD_DATABASE}Gi`,
  });
}
