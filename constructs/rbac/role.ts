import type { Construct } from 'constructs';
import type { IClusterRole, IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import { policyRules, type ResourceRule, type UrlRule } from './policy-rule.ts';

/** Props of {@link Role}. */
export interface RoleProps extends ObjectProps {
  readonly rules: readonly ResourceRule[];
}

/**
 * Permissions in one namespace.
 *
 * @example
 * const role = new Role(chart, 'reader', { rules: [{ apiGroup: '', resources: ['pods'], verbs: ['get', 'list'] }] });
 * new RoleBinding(chart, 'reader-binding', { role, subjects: [account] });
 */
export class Role extends KubeObject<IRole> {
  constructor(scope: Construct, id: string, props: RoleProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const rules = policyRules(check, props.rules);
    check.done();
    super(scope, id, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules });
  }
}

/** Props of {@link ClusterRole}. */
export interface ClusterRoleProps extends Omit<ObjectProps, 'namespace'> {
  readonly rules: readonly (ResourceRule | UrlRule)[];
}

/**
 * Permissions in all namespaces, or in those in which a RoleBinding names it.
 *
 * @example
 * new ClusterRole(chart, 'metrics', { rules: [{ urls: ['/metrics'], verbs: ['get'] }] });
 */
export class ClusterRole extends KubeObject<IClusterRole> {
  constructor(scope: Construct, id: string, props: ClusterRoleProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const rules = policyRules(check, props.rules);
    check.done();
    super(scope, id, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata, rules });
  }
}
