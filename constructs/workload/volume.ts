import { ApiObject } from 'cdk8s';
import type { IVolume } from 'kubernetes-models/v1';
import type { ConfigMap } from '../config/config-map.ts';
import { defined } from '../defined.ts';
import type { ExternalSecretRef } from '../secrets/external-secret.ts';
import type { SecretProviderClass } from '../secrets/secret-provider-class.ts';
import type { PersistentVolumeClaim, StorageRequest } from '../storage/persistent-volume-claim.ts';
import { verify } from '../validate/check.ts';

/** Where a volume's content comes from, as the API has it. */
export type VolumeSource = Omit<IVolume, 'name'>;

/** Details of a volume made of a ConfigMap's or Secret's keys. */
export interface KeyedVolumeOptions<K extends string = string> {
  /** File permissions as the number that they are: `0o400`. @default the API's, 0o644 */
  readonly mode?: number;
  /** Lets the pod start without the object. @default false */
  readonly optional?: boolean;
  /** Keys to mount; one file each. @default all */
  readonly only?: readonly K[];
}

/** Details of a mount. */
export interface MountOptions {
  /** @default true for ConfigMaps, Secrets, CSI secrets and projected volumes; otherwise false */
  readonly readOnly?: boolean;
  /** A path inside the volume. @default the whole volume */
  readonly subPath?: string;
}

/** A volume at its place in a container; `F` are the names of the files known to be in it. */
export class Mount<F extends string = string> {
  readonly volume: Volume<F>;
  readonly path: string;
  readonly readOnly: boolean;
  readonly subPath: string | undefined;

  constructor(volume: Volume<F>, path: string, readOnly: boolean, subPath: string | undefined) {
    this.volume = volume;
    this.path = path;
    this.readOnly = readOnly;
    this.subPath = subPath;
  }

  /** @returns the absolute path of a file in the container */
  file(name: F): string {
    return `${this.path === '/' ? '' : this.path}/${name}`;
  }
}

/**
 * A volume of a pod, declared once and mounted wherever it is needed; a pod has the volumes that its
 * containers mount. `F` are the names of the files known to be in it.
 *
 * @example
 * const tmp = Volume.emptyDir('tmp');
 * const tls = Volume.secret('tls', serverTls, { mode: 0o400 }).at('/mnt/tls');
 * const container = { mounts: [tmp.at('/tmp'), tls], env: { CERT: tls.file('tls.crt') }, ... };
 */
export class Volume<F extends string = string> {
  readonly name: string;
  readonly source: VolumeSource;
  /** Whether mounts cannot write unless they say so. */
  readonly readOnly: boolean;
  /** What a pod that mounts it declares about it. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Storage that each pod of a StatefulSet gets for itself; undefined for any other volume. */
  readonly ownStorage: StorageRequest | undefined;

  /** The object that its content comes from, which must be in the pod's namespace; undefined without one. */
  readonly object: Pick<ApiObject, 'kind' | 'name' | 'metadata'> | undefined;

  private constructor(
    name: string,
    source: VolumeSource,
    readOnly: boolean,
    more: Partial<Pick<Volume, 'podAnnotations' | 'ownStorage' | 'object'>> = {},
  ) {
    this.name = name;
    this.source = source;
    this.readOnly = readOnly;
    this.podAnnotations = more.podAnnotations ?? {};
    this.ownStorage = more.ownStorage;
    this.object = more.object;
  }

  /** An empty folder that lives as long as the pod. */
  static emptyDir(
    name: string,
    options: { readonly sizeLimit?: string; readonly medium?: 'Memory' } = {},
  ): Volume {
    return new Volume(name, { emptyDir: { ...options } }, false);
  }

  /** Storage that outlives the pod. */
  static persistent(name: string, claim: PersistentVolumeClaim | { readonly name: string }): Volume {
    const more = claim instanceof ApiObject ? { object: claim } : {};
    return new Volume(name, { persistentVolumeClaim: { claimName: claim.name } }, false, more);
  }

  /** Storage of its own for each pod of a StatefulSet. */
  static ownStorage(name: string, ownStorage: StorageRequest): Volume {
    return new Volume(name, {}, false, { ownStorage });
  }

  /** The keys of a ConfigMap as files. */
  static configMap<K extends string>(
    name: string,
    configMap: ConfigMap<K>,
    options: KeyedVolumeOptions<NoInfer<K>> = {},
  ): Volume<K> {
    const source = { configMap: { name: configMap.name, ...keyed(name, options) } };
    return new Volume<K>(name, source, true, { object: configMap });
  }

  /** The keys of a Secret as files. */
  static secret<K extends string>(
    name: string,
    secret: ExternalSecretRef<K>,
    options: KeyedVolumeOptions<NoInfer<K>> = {},
  ): Volume<K> {
    return new Volume<K>(name, { secret: { secretName: secret.name, ...keyed(name, options) } }, true);
  }

  /** The objects of a vault as files, through the Secrets Store CSI driver. */
  static secretsStore<O extends string>(name: string, secrets: SecretProviderClass<O>): Volume<O> {
    const csi = {
      driver: 'secrets-store.csi.k8s.io',
      readOnly: true,
      volumeAttributes: { secretProviderClass: secrets.name },
    };
    return new Volume<O>(name, { csi }, true, { podAnnotations: secrets.podAnnotations, object: secrets });
  }

  /** A token for a service other than the cluster's API, renewed by the kubelet. */
  static serviceAccountToken(
    name: string,
    options: {
      readonly audience: string;
      /** @default token */
      readonly path?: string;
      /** 600 or more. @default 3600 */
      readonly expirationSeconds?: number;
    },
  ): Volume {
    const { audience, path = 'token', expirationSeconds = 3600 } = options;
    const sources = [{ serviceAccountToken: { audience, path, expirationSeconds } }];
    return new Volume(name, { projected: { sources } }, true);
  }

  /** Any other source, as the API has it. */
  static other(name: string, source: VolumeSource): Volume {
    return new Volume(name, source, false);
  }

  /** @returns this volume at an absolute path of a container */
  at(path: string, options: MountOptions = {}): Mount<F> {
    return new Mount(this, path, options.readOnly ?? this.readOnly, options.subPath);
  }
}

function keyed(name: string, { mode, optional, only }: KeyedVolumeOptions) {
  verify(`volume ${name}`, (check) => {
    const ok = mode === undefined || (Number.isInteger(mode) && mode >= 0 && mode <= 0o777);
    check.that(ok, 'mode', `${mode} is no file permission`, 'write it in octal, such as 0o400');
  });
  return defined<{ defaultMode?: number; optional?: boolean; items?: { key: string; path: string }[] }>({
    defaultMode: mode,
    optional,
    items: only?.map((key) => ({ key, path: key })),
  });
}
