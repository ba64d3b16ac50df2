import { type Check, plural, quoted, sortedUnique } from './check.ts';
import { mapAt, mapsAt, type Node, pathAt, textAt } from './field.ts';

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Every other volume type that the API knows. */
const FORBIDDEN = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
];

/** Volumes hold what the cluster gives, nothing of the node's or of a server named in the pod. */
export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  overrides: 'hostPathVolumes',
  versions: [
    {
      since: 0,
      check({ spec }) {
        const bad = mapsAt(spec, 'volumes').flatMap((volume) => {
          const type = forbiddenType(volume);
          return type === undefined ? [] : [{ volume, ...type }];
        });
        if (bad.length === 0) return undefined;
        const names = bad.map(({ volume }) => textAt(volume, 'name') ?? '');
        const types = sortedUnique(bad.map(({ type }) => type));
        const who = `${plural(bad.length, 'volume')} ${quoted(names)} ${plural(bad.length, 'uses', 'use')}`;
        return {
          reason: 'restricted volume types',
          detail: `${who} ${plural(types.length, 'restricted volume type')} ${quoted(types)}`,
          paths: bad.map(({ path }) => path),
        };
      },
    },
  ],
};

function forbiddenType(volume: Node): { type: string; path: string } | undefined {
  if (ALLOWED.some((type) => mapAt(volume, type) !== undefined)) return undefined;
  const type = FORBIDDEN.find((known) => mapAt(volume, known) !== undefined);
  if (type !== undefined) return { type, path: pathAt(volume, type) };
  const unknown = Object.keys(volume.value).find(
    (field) => !KNOWN.has(field) && mapAt(volume, field) !== undefined,
  );
  // the API server makes an emptyDir of a volume without a source
  return unknown === undefined ? undefined : { type: 'unknown', path: pathAt(volume, unknown) };
}

const KNOWN: ReadonlySet<string> = new Set(['name', ...ALLOWED, ...FORBIDDEN]);
