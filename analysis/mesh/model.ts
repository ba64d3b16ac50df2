import type { ObjectIdentity } from '../../core/manifest.ts';
import type { Labels } from '../../inventory/index.ts';

export type Action = 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';

/**
 * What one attribute must be: one of the values where there are any, and none of the others. Sources and operations
 * are conditions as well: `principals` is one on `source.principal`, `paths` one on `request.path`.
 */
export interface Condition {
  readonly attribute: string;
  readonly values: readonly string[];
  readonly notValues: readonly string[];
}

/** A rule: one of the sources, one of the operations, and every condition. An empty list asks for nothing. */
export interface AuthorizationRule {
  /** JSON pointer into the policy. */
  readonly path: string;
  readonly sources: readonly (readonly Condition[])[];
  readonly operations: readonly (readonly Condition[])[];
  readonly conditions: readonly Condition[];
}

/** An object that a policy is attached to, in the policy's namespace. */
export interface TargetReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** An AuthorizationPolicy that istiod takes. */
export interface AuthorizationPolicy {
  readonly object: ObjectIdentity;
  readonly namespace: string;
  readonly action: Action;
  /** Undefined for every workload of the namespace, or of the mesh in its root namespace. */
  readonly selector: Labels | undefined;
  /** Empty where the policy is not attached to objects. */
  readonly targets: readonly TargetReference[];
  readonly rules: readonly AuthorizationRule[];
  /** Who decides, of action CUSTOM. */
  readonly provider: string;
}

/** An object that istiod would refuse, so that it takes no part. */
export interface Ignored {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly reason: string;
}

/** Who decides about a connection or a request. */
export type MeshProxy = 'sidecar' | 'ztunnel' | 'waypoint';
