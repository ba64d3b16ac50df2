import type { Construct } from 'constructs';
import { dump } from 'js-yaml';
import type { ISecretProviderClass } from '../../api/secrets-store.ts';
import type { AzureWorkloadIdentity } from '../identity/azure-workload-identity.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { ExternalSecretRef } from './external-secret.ts';

/** The annotation by which pods and classes declare how often the driver reads the vault again. */
export const ROTATION_ANNOTATION = 'secrets-store.csi.k8s.io/rotation-poll-interval';

/** Props of {@link SecretProviderClass}. */
export interface SecretProviderClassProps<O extends string> extends ObjectProps {
  /** Where the objects are and who reads them. */
  readonly vault: AzureKeyVault;
  /** Names of the vault's secrets; each becomes a file of this name. */
  readonly objects: readonly [O, ...O[]];
  /** Also makes a Kubernetes Secret of this name from the objects while a pod mounts them. @default none */
  readonly syncedSecret?: string;
  /** The objects that this Secret holds. @default all */
  readonly syncedObjects?: readonly NoInfer<O>[];
  /** How often secrets are read again, such as `2m`; declared here and on each pod that mounts them. @default none */
  readonly rotationPollInterval?: string;
}

/** A vault of Azure, read with a workload identity. */
export interface AzureKeyVault {
  readonly keyVaultName: string;
  readonly identity: AzureWorkloadIdentity;
}

/**
 * Secrets of Azure Key Vault as files in a pod, through the Secrets Store CSI driver.
 *
 * @example
 * const secrets = new SecretProviderClass(chart, 'app-secrets', {
 *   vault: { keyVaultName: 'example-kv', identity },
 *   objects: ['github-client-id', 'github-client-secret'],
 * });
 * const mount = Volume.secretsStore('secrets-store', secrets).at('/mnt/secrets-store');
 * const script = `cat ${mount.file('github-client-id')}`;
 */
export class SecretProviderClass<O extends string = string> extends KubeObject<ISecretProviderClass> {
  readonly objects: readonly O[];
  /** The Secret that the driver makes; undefined unless asked for. */
  readonly syncedSecret: ExternalSecretRef<O> | undefined;
  /** What a pod that mounts it declares. */
  readonly podAnnotations: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SecretProviderClassProps<O>) {
    const check = checkAt(scope, id);
    const { vault, objects, syncedSecret, syncedObjects = objects, rotationPollInterval } = props;
    checkProps(check, props);
    const rotation =
      rotationPollInterval === undefined ? {} : { [ROTATION_ANNOTATION]: rotationPollInterval };
    const metadata = metadataOf(check, id, { ...props, annotations: { ...rotation, ...props.annotations } });
    check.done();
    super(scope, id, {
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata,
      spec: {
        provider: 'azure',
        parameters: azureParameters(vault, objects),
        ...(syncedSecret === undefined ? {} : { secretObjects: [secretObject(syncedSecret, syncedObjects)] }),
      },
    });
    this.objects = objects;
    this.syncedSecret =
      syncedSecret === undefined ? undefined : synced(syncedSecret, syncedObjects, this.name);
    this.podAnnotations = rotation;
  }
}

function checkProps(check: Check, props: SecretProviderClassProps<string>): void {
  const { vault, objects, rotationPollInterval, syncedSecret, syncedObjects = [] } = props;
  const name = vault.keyVaultName;
  check.that(
    /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/.test(name),
    'vault.keyVaultName',
    `${JSON.stringify(name)} is no name of a key vault`,
    'use 3 to 24 letters, digits and single "-", a letter first',
  );
  for (const [index, object] of objects.entries()) {
    const what = `${JSON.stringify(object)}`;
    check.that(
      /^[A-Za-z0-9-]{1,127}$/.test(object),
      'objects',
      `${what} is no name of a vault secret`,
      'use letters, digits and "-"',
    );
    check.that(
      objects.indexOf(object) === index,
      'objects',
      `${what} appears twice`,
      'name each object once',
    );
  }
  if (rotationPollInterval !== undefined) {
    const ok = /^([1-9]\d*[hms])+$/.test(rotationPollInterval);
    check.that(
      ok,
      'rotationPollInterval',
      `${JSON.stringify(rotationPollInterval)} is no duration`,
      'write it as 2m or 90s',
    );
  }
  if (syncedSecret !== undefined) check.objectName('syncedSecret', syncedSecret);
  for (const object of syncedObjects) {
    const known = objects.includes(object);
    check.that(
      known,
      'syncedObjects',
      `${JSON.stringify(object)} is none of the objects`,
      objects.join(', '),
    );
  }
}

/** The provider takes a YAML text whose items are YAML texts themselves; a serializer writes both. */
function azureParameters({ keyVaultName, identity }: AzureKeyVault, objects: readonly string[]) {
  const array = objects.map((objectName) => dump({ objectName, objectType: 'secret' }));
  return {
    usePodIdentity: 'false',
    useVMManagedIdentity: 'false',
    clientID: identity.clientId,
    keyvaultName: keyVaultName,
    tenantId: identity.tenantId,
    objects: dump({ array }),
  };
}

function secretObject(secretName: string, objects: readonly string[]) {
  return { secretName, type: 'Opaque', data: objects.map((name) => ({ objectName: name, key: name })) };
}

function synced<O extends string>(name: string, keys: readonly O[], from: string): ExternalSecretRef<O> {
  return new ExternalSecretRef(name, {
    keys,
    reason: `made by the CSI driver from SecretProviderClass ${from}`,
  });
}
