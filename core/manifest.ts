/** A JSON value as it stands in a manifest. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; keys are always strings. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** A Kubernetes object as written in YAML or JSON, before any API defaulting. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
}

/** The part of `metadata` that Sluice reads; everything else stays as written. */
export interface ManifestMetadata extends JsonObject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What makes two manifests the same object for the API server. */
export interface ObjectIdentity {
  /** Group and version, e.g. `apps/v1`, or `v1` for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-scoped objects and for manifests that name no namespace. */
  readonly namespace?: string;
  readonly name: string;
}

/** @returns the identity of a manifest. */
export function identityOf(manifest: Manifest): ObjectIdentity {
  const { name, namespace } = manifest.metadata;
  const { apiVersion, kind } = manifest;
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}

/** @returns the API group of an apiVersion; `''` for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * The key under which the API server stores an object. Versions of one group share it, so `apps/v1` and
 * `apps/v1beta1` of one name collide, as they do in the cluster.
 */
export function identityKey({ apiVersion, kind, namespace, name }: ObjectIdentity): string {
  return `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`;
}

/** @returns an identity as people write it: `Deployment agentweaver/agentweaver-api`. */
export function identityText({ kind, namespace, name }: ObjectIdentity): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
