import type { Json } from '../../core/manifest.ts';
import { type InventoryObject, isMap, pointerOf, valueAt } from '../../inventory/index.ts';
import { accountUser, type User } from './subject.ts';

/** Whom a binding gives a role, and where. */
export interface Binding {
  readonly object: InventoryObject;
  /** The namespace in which the role counts; undefined for a ClusterRoleBinding, which counts everywhere. */
  readonly namespace: string | undefined;
  readonly role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly BindingSubject[];
}

interface BindingSubject {
  readonly kind: 'User' | 'Group';
  /** Name of the user or group; of a ServiceAccount, the name under which it authenticates. */
  readonly name: string;
}

const RBAC = 'rbac.authorization.k8s.io';

/** @returns a binding, or the reason why the API server refuses it, as text. */
export function bindingOf(object: InventoryObject): Binding | string {
  const { manifest, identity } = object;
  const namespace = identity.kind === 'RoleBinding' ? (identity.namespace ?? 'default') : undefined;
  const role = roleRef(valueAt(manifest, 'roleRef'), namespace !== undefined);
  if (typeof role === 'string') return role;
  const written = valueAt(manifest, 'subjects') ?? [];
  if (!Array.isArray(written)) return 'subjects is not a list';
  const subjects: BindingSubject[] = [];
  for (const [index, item] of written.entries()) {
    const subject = bindingSubject(item, namespace);
    if (typeof subject === 'string') return `${pointerOf('subjects', index)}: ${subject}`;
    subjects.push(subject);
  }
  return { object, namespace, role, subjects };
}

function roleRef(value: Json | undefined, namespaced: boolean): Binding['role'] | string {
  if (!isMap(value)) return 'roleRef is not a map';
  const kind = valueAt(value, 'kind');
  const name = valueAt(value, 'name');
  if (!isUnsetOr(valueAt(value, 'apiGroup'), RBAC)) return `roleRef.apiGroup is not ${RBAC}`;
  if (kind !== 'ClusterRole' && !(kind === 'Role' && namespaced))
    return `roleRef.kind is not ${namespaced ? 'Role or ClusterRole' : 'ClusterRole'}`;
  if (typeof name !== 'string' || name === '') return 'roleRef.name is missing';
  // a name is a segment of the path of a URL
  if (name === '.' || name === '..' || /[/%]/.test(name))
    return `roleRef.name ${JSON.stringify(name)} is no name`;
  return { kind, name };
}

const ACCOUNT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function bindingSubject(value: Json, bindingNamespace: string | undefined): BindingSubject | string {
  if (!isMap(value)) return 'is not a map';
  const kind = valueAt(value, 'kind');
  const name = valueAt(value, 'name');
  const apiGroup = valueAt(value, 'apiGroup');
  if (typeof name !== 'string' || name === '') return 'name is missing';
  if (kind === 'User' || kind === 'Group')
    return isUnsetOr(apiGroup, RBAC) ? { kind, name } : `apiGroup of a ${kind} is not ${RBAC}`;
  if (kind !== 'ServiceAccount') return 'kind is not ServiceAccount, User or Group';
  if (!isUnsetOr(apiGroup, '')) return 'apiGroup of a ServiceAccount is not empty';
  if (name.length > 253 || !ACCOUNT_NAME.test(name))
    return `${JSON.stringify(name)} is no name of a ServiceAccount`;
  const written = valueAt(value, 'namespace') ?? '';
  if (typeof written !== 'string') return 'namespace is not text';
  const namespace = written === '' ? bindingNamespace : written;
  if (namespace === undefined) return 'namespace of a ServiceAccount is missing';
  return { kind: 'User', name: accountUser(namespace, name) };
}

function isUnsetOr(value: Json | undefined, expected: string): boolean {
  return value === undefined || value === null || value === '' || value === expected;
}

/** @returns the index of the first subject of a binding that a user is; -1 where there is none. */
export function subjectIndex(binding: Binding, user: User): number {
  return binding.subjects.findIndex(({ kind, name }) =>
    kind === 'User' ? name === user.name : user.groups.includes(name),
  );
}
