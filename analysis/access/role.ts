import {
  type InventoryObject,
  type Labels,
  labelSelector,
  listAt,
  type Selector,
  selects,
  textMapAt,
  valueAt,
} from '../../inventory/index.ts';
import { type PolicyRule, policyRules } from './policy-rule.ts';

/** A rule and where it is written. */
export interface RoleRule {
  readonly rule: PolicyRule;
  /** The role that holds it; differs from the role that is bound where rules are aggregated. */
  readonly role: string;
  /** JSON pointer into that role. */
  readonly path: string;
}

/** A Role or ClusterRole. */
export interface Role {
  readonly name: string;
  /** Undefined for a ClusterRole. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
  /** Rules as written; of a role that aggregates others they do not count. */
  readonly rules: readonly RoleRule[];
  /** Selectors of the ClusterRoles whose rules this one takes. */
  readonly aggregates?: readonly Selector[];
}

/** @returns a role, or the reason why the API server refuses it, as text. */
export function roleOf({
  identity,
  manifest,
}: Pick<InventoryObject, 'identity' | 'manifest'>): Role | string {
  const namespace = identity.kind === 'Role' ? (identity.namespace ?? 'default') : undefined;
  const { name } = identity;
  const rules = policyRules(valueAt(manifest, 'rules'), namespace !== undefined);
  if (typeof rules === 'string') return rules;
  const role: Role = {
    name,
    namespace,
    labels: textMapAt(manifest, 'metadata', 'labels'),
    rules: rules.map((rule, index) => ({ rule, role: name, path: `/rules/${index}` })),
  };
  const aggregation = valueAt(manifest, 'aggregationRule') ?? undefined;
  if (namespace !== undefined || aggregation === undefined) return role;
  const written = listAt(aggregation, 'clusterRoleSelectors');
  if (written.length === 0) return 'aggregationRule has no clusterRoleSelectors';
  const aggregates: Selector[] = [];
  for (const item of written) {
    const selector = labelSelector(item ?? {});
    if (selector === undefined) return 'aggregationRule has an invalid selector';
    aggregates.push(selector);
  }
  return { ...role, aggregates };
}

/**
 * The rules that a ClusterRole has once the controller has filled it: those of the roles that it selects, and of
 * the roles that they select. Roles that select each other in a circle add nothing of their own.
 */
export function rulesOf(role: Role, clusterRoles: readonly Role[]): readonly RoleRule[] {
  const seen = new Set<Role>([role]);
  const open = [role];
  const rules: RoleRule[] = [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { aggregates } = at;
    if (aggregates === undefined) {
      rules.push(...at.rules);
      continue;
    }
    for (const other of clusterRoles) {
      if (seen.has(other) || !aggregates.some((selector) => selects(selector, other.labels))) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return rules;
}
