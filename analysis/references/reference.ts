import type { JsonObject, ObjectIdentity } from '../../core/manifest.ts';
import type { Selector } from '../../inventory/index.ts';

/** What a field that refers to something is for. */
export type ReferenceType =
  | 'admission-policy'
  | 'app-project'
  | 'backend'
  | 'ca-certificate'
  | 'certificate'
  | 'config-map'
  | 'filter'
  | 'gateway-class'
  | 'governing-service'
  | 'hpa-target'
  | 'ingress-class'
  | 'issuer'
  | 'parameters'
  | 'parent-gateway'
  | 'pdb-selector'
  | 'persistent-volume'
  | 'persistent-volume-claim'
  | 'policy-target'
  | 'priority-class'
  | 'role'
  | 'runtime-class'
  | 'sandbox-template'
  | 'secret'
  | 'secret-provider-class'
  | 'secret-store'
  | 'service-account'
  | 'service-selector'
  | 'source'
  | 'storage-class'
  | 'target-port'
  | 'warm-pool'
  | 'webhook-service';

/**
 * What became of a reference.
 *
 * - `resolved`: the target is in the input, every cluster has it, or an object in the input makes it
 * - `external`: declared as made elsewhere
 * - `missing`: none of these; of a selector: it selects no pods
 * - `missing-key`, `missing-port`, `missing-section`: the target is there, what is named inside it is not
 * - `undeclared-port`: a port number that no container declares, which works all the same
 * - `not-permitted`: the target's namespace or listener does not allow it
 * - `ambiguous`: a Service selects pods of several workloads, which may be intended
 */
export type ReferenceStatus =
  | 'resolved'
  | 'external'
  | 'missing'
  | 'missing-key'
  | 'missing-port'
  | 'missing-section'
  | 'undeclared-port'
  | 'not-permitted'
  | 'ambiguous';

/** An object that a field names. */
export interface NamedTarget {
  /** API group, `''` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent for cluster-scoped kinds. */
  readonly namespace?: string;
  readonly name: string;
  /** Key of a Secret or ConfigMap. */
  readonly key?: string;
  /** Port of a Service, or of a Gateway's listener. */
  readonly port?: number | string;
  /** Listener of a Gateway, or named port of a Service. */
  readonly sectionName?: string;
}

/** Pods that a field selects. */
export interface SelectedPods {
  readonly group: '';
  readonly kind: 'Pod';
  readonly namespace: string;
  /** As written: a LabelSelector, or the plain map of a Service. */
  readonly selector: JsonObject;
  /** A container port, where the reference is to one. */
  readonly port?: number | string;
}

/** One field that points somewhere, and what became of it. */
export interface Reference {
  readonly from: ObjectIdentity;
  /** JSON pointer of the referring field in `from`. */
  readonly path: string;
  readonly type: ReferenceType;
  readonly to: NamedTarget | SelectedPods;
  /** The API lets the target be absent. */
  readonly optional: boolean;
  readonly status: ReferenceStatus;
  /** One clause for people, e.g. `Secret shop/db has no key password`. */
  readonly detail: string;
}

/** A named reference before anyone looked for its target. */
export interface NameReference {
  readonly path: string;
  readonly type: ReferenceType;
  readonly to: NamedTarget;
  /** @default false */
  readonly optional?: boolean;
  /** JSON pointer of the key, port or section, where it is not `path`. */
  readonly innerPath?: string;
}

/** A selection of pods before anyone looked for them. */
export interface PodReference {
  readonly path: string;
  readonly type: 'service-selector' | 'pdb-selector' | 'target-port';
  readonly to: SelectedPods;
  /** Undefined where the API server would refuse the selector. */
  readonly selector: Selector | undefined;
}
