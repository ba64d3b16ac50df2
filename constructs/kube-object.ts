import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { scopeOf } from '../api/kinds.ts';
import { type CapturedSite, captureSite, SITE } from './construction-site.ts';
import type { Labels } from './labels/labels.ts';
import type { Check } from './validate/check.ts';

/** What every manifest has. */
export interface KubeManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: unknown;
}

/** A manifest of which no type is known: any field goes. */
export interface UntypedManifest extends KubeManifest {
  readonly [field: string]: unknown;
}

/** A manifest to make an object of: the kind's own fields, and metadata with a name. */
export type NamedManifest<M extends KubeManifest> = {
  readonly [K in keyof M as Exclude<K, 'metadata'>]: M[K];
} & { readonly metadata: Metadata };

/** What every construct of this library that is one Kubernetes object can be told about its metadata. */
export interface ObjectProps {
  /**
   * The object's name in the cluster.
   * @default the construct's id
   */
  readonly name?: string;
  /**
   * Ignored for a kind without namespaces.
   * @default the chart's namespace
   */
  readonly namespace?: string;
  /** @default only the chart's labels */
  readonly labels?: Labels;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Metadata with the one thing that is never left to be made up; see {@link ObjectProps}. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * One Kubernetes object with an explicit name and a typed manifest, which remembers the code that made it.
 * It is a cdk8s `ApiObject`, so everything that works on those works on it.
 *
 * @example
 * new KubeObject<ILease>(chart, 'lock', {
 *   apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'lock' }, spec: {},
 * });
 */
export class KubeObject<M extends KubeManifest = UntypedManifest> extends ApiObject {
  readonly [SITE]: CapturedSite;

  /** @param manifest apiVersion, kind, metadata with a name, and the rest of the kind's fields */
  constructor(scope: Construct, id: string, manifest: NamedManifest<M>) {
    super(scope, id, manifest as NamedManifest<M> & KubeManifest & { readonly metadata: Metadata });
    // A chart's namespace is for its namespaced objects; cdk8s writes it into every object.
    if (scopeOf(this.apiVersion, this.kind) === 'Cluster') {
      (this.metadata as { namespace: string | undefined }).namespace = undefined;
    }
    this[SITE] = captureSite(KubeObject);
  }

  /** The object's namespace; undefined for cluster-scoped objects and where neither object nor chart names one. */
  get namespace(): string | undefined {
    return this.metadata.namespace;
  }

  override toJson(): M {
    return super.toJson() as M;
  }
}

/**
 * The metadata that {@link ObjectProps} describe, checked.
 *
 * @param id the construct's id, the default name
 */
export function metadataOf(check: Check, id: string, props: ObjectProps): Metadata {
  const { name = id, namespace, labels, annotations } = props;
  check.objectName('metadata.name', name);
  if (namespace !== undefined) {
    check.dnsLabel('metadata.namespace', namespace);
    check.namespace = namespace;
  }
  if (labels !== undefined) check.labels('metadata.labels', labels);
  if (annotations !== undefined) check.annotations('metadata.annotations', annotations);
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}
