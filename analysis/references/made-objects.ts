import { groupOf } from '../../core/manifest.ts';
import {
  type Inventory,
  type InventoryObject,
  listAt,
  mapAt,
  textAt,
  valueAt,
} from '../../inventory/index.ts';

/** A Secret that a controller makes from an object of the input. */
export interface MadeSecret {
  readonly namespace: string;
  readonly name: string;
  /** Its keys, where the object tells them all. */
  readonly keys: readonly string[] | undefined;
  readonly maker: InventoryObject;
}

type Maker = (object: InventoryObject, namespace: string) => MadeSecret[];

const MAKERS: Readonly<Record<string, Maker>> = {
  'secrets-store.csi.x-k8s.io/SecretProviderClass': (maker, namespace) =>
    listAt(maker.manifest, 'spec', 'secretObjects').flatMap((secret) => {
      const keys = listAt(secret, 'data').flatMap((item) => textAt(item, 'key') ?? []);
      return made(maker, namespace, textAt(secret, 'secretName'), keys);
    }),
  'cert-manager.io/Certificate': (maker, namespace) => {
    const more =
      valueAt(maker.manifest, 'spec', 'keystores') ??
      valueAt(maker.manifest, 'spec', 'additionalOutputFormats');
    const keys = more === undefined ? ['tls.crt', 'tls.key', 'ca.crt'] : undefined;
    return made(maker, namespace, textAt(maker.manifest, 'spec', 'secretName'), keys);
  },
  'approuting.kubernetes.azure.com/DefaultDomainCertificate': (maker, namespace) =>
    made(maker, namespace, textAt(maker.manifest, 'spec', 'target', 'secret'), ['tls.crt', 'tls.key']),
  'external-secrets.io/ExternalSecret': (maker, namespace) => {
    const { manifest } = maker;
    const open = valueAt(manifest, 'spec', 'dataFrom') ?? valueAt(manifest, 'spec', 'target', 'template');
    const keys = listAt(manifest, 'spec', 'data').flatMap((item) => textAt(item, 'secretKey') ?? []);
    return made(
      maker,
      namespace,
      textAt(manifest, 'spec', 'target', 'name') ?? maker.identity.name,
      open === undefined ? keys : undefined,
    );
  },
  'bitnami.com/SealedSecret': (maker, namespace) => {
    const { manifest } = maker;
    const keys = [
      ...Object.keys(mapAt(manifest, 'spec', 'encryptedData')),
      ...Object.keys(mapAt(manifest, 'spec', 'template', 'data')),
    ];
    return made(
      maker,
      namespace,
      textAt(manifest, 'spec', 'template', 'metadata', 'name') ?? maker.identity.name,
      keys,
    );
  },
};

/** Secrets that controllers make, by namespace and name; several makers of one Secret add up. */
export function madeSecrets(inventory: Inventory): ReadonlyMap<string, readonly MadeSecret[]> {
  const secrets = new Map<string, MadeSecret[]>();
  for (const object of inventory.objects) {
    const { apiVersion, kind, namespace } = object.identity;
    const maker = MAKERS[`${groupOf(apiVersion)}/${kind}`];
    for (const secret of maker?.(object, namespace ?? 'default') ?? []) {
      const key = madeKey(secret.namespace, secret.name);
      const known = secrets.get(key);
      if (known === undefined) secrets.set(key, [secret]);
      else known.push(secret);
    }
  }
  return secrets;
}

export function madeKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? 'default'}/${name}`;
}

function made(
  maker: InventoryObject,
  namespace: string,
  name: string | undefined,
  keys: readonly string[] | undefined,
): MadeSecret[] {
  return name === undefined ? [] : [{ namespace, name, keys, maker }];
}
