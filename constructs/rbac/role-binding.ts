import type { Construct } from 'constructs';
import type {
  IClusterRoleBinding,
  IRoleBinding,
  ISubject,
} from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { ServiceAccount } from '../identity/service-account.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';
import type { ClusterRole, Role } from './role.ts';

const API = 'rbac.authorization.k8s.io';

/** Who gets permissions. */
type Subjects = readonly [ServiceAccount, ...ServiceAccount[]];

/** Props of {@link RoleBinding}. */
export interface RoleBindingProps extends ObjectProps {
  /** A role of this app, or the name of a ClusterRole that the cluster brings, such as `view`. */
  readonly role: Role | ClusterRole | { readonly clusterRole: string };
  readonly subjects: Subjects;
}

/** Gives ServiceAccounts a role in one namespace; see {@link Role}. */
export class RoleBinding extends KubeObject<IRoleBinding> {
  constructor(scope: Construct, id: string, props: RoleBindingProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const subjects = subjectManifests(check, props.subjects);
    const roleRef = roleRefManifest(check, props.role);
    check.done();
    super(scope, id, { apiVersion: `${API}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects });
  }
}

/** Props of {@link ClusterRoleBinding}. */
export interface ClusterRoleBindingProps extends Omit<ObjectProps, 'namespace'> {
  /** A role of this app, or the name of one that the cluster brings. */
  readonly role: ClusterRole | { readonly clusterRole: string };
  readonly subjects: Subjects;
}

/** Gives ServiceAccounts a role in all namespaces. */
export class ClusterRoleBinding extends KubeObject<IClusterRoleBinding> {
  constructor(scope: Construct, id: string, props: ClusterRoleBindingProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const subjects = subjectManifests(check, props.subjects);
    const roleRef = roleRefManifest(check, props.role);
    check.done();
    super(scope, id, { apiVersion: `${API}/v1`, kind: 'ClusterRoleBinding', metadata, roleRef, subjects });
  }
}

function roleRefManifest(check: Check, role: RoleBindingProps['role']): IRoleBinding['roleRef'] {
  if ('clusterRole' in role) return { apiGroup: API, kind: 'ClusterRole', name: role.clusterRole };
  if (role.kind === 'Role') check.sameNamespace('role', `Role ${role.name}`, role.namespace);
  return { apiGroup: API, kind: role.kind, name: role.name };
}

function subjectManifests(check: Check, accounts: Subjects): ISubject[] {
  return accounts.map(({ name, namespace }) => {
    if (namespace === undefined) {
      check.add(
        'subjects',
        `ServiceAccount ${name} has no namespace`,
        'give its chart or the account a namespace',
      );
    }
    return { kind: 'ServiceAccount', name, ...(namespace === undefined ? {} : { namespace }) };
  });
}
