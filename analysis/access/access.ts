import { identityText } from '../../core/manifest.ts';
import type { Inventory, InventoryObject } from '../../inventory/index.ts';
import { type Binding, bindingOf, subjectIndex } from './binding.ts';
import { builtInRoles } from './built-in-roles.ts';
import { type AccessRequest, ruleAllows } from './policy-rule.ts';
import { type Role, type RoleRule, roleOf, rulesOf } from './role.ts';
import type { User } from './subject.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** An object by its kind and name. */
export interface Named {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** An object that the API server refuses, and that grants nothing therefore. */
export interface IgnoredObject extends Named {
  readonly reason: string;
}

/** Why a request is allowed, or what a denied one lacks. */
export interface AccessReason {
  /**
   * - `allow`: the binding's role has a rule for the request
   * - `no-rule`: the role has none
   * - `missing-role`: there is no such role
   * - `other-namespace`: a rule would allow it, but the binding counts in its own namespace only
   * - `no-binding`: no binding names the subject
   */
  readonly effect: 'allow' | 'no-rule' | 'missing-role' | 'other-namespace' | 'no-binding';
  readonly binding?: Named;
  readonly role?: Named;
  /** JSON pointer of the rule that allows. */
  readonly path?: string;
  readonly text: string;
}

export interface AccessDecision {
  readonly allowed: boolean;
  /** Everything that allows; of a denied request, every binding of the subject and what it lacks. */
  readonly because: readonly AccessReason[];
}

/** The RBAC objects of an inventory, ready for questions. */
export interface AccessModel {
  readonly bindings: readonly Binding[];
  /** The bindings that name a user or a group of theirs, in input order. */
  bindingsOf(user: User): readonly Binding[];
  /** Roles of the input, and those that every cluster has. */
  readonly roles: readonly Role[];
  /** The rules of a role; undefined where there is no such role. */
  rules(
    kind: 'Role' | 'ClusterRole',
    namespace: string | undefined,
    name: string,
  ): readonly RoleRule[] | undefined;
  /** What the API server refuses. */
  readonly ignored: readonly IgnoredObject[];
}

/** Reads the RBAC objects of an inventory, with the roles that every cluster has. */
export function accessModel(inventory: Inventory): AccessModel {
  const ignored: IgnoredObject[] = [];
  const roles = new Map<string, Role>();
  for (const role of builtInRoles()) roles.set(roleKey('ClusterRole', undefined, role.name), role);
  for (const kind of ['Role', 'ClusterRole'] as const) {
    for (const object of inventory.ofKind(kind, RBAC)) {
      const role = roleOf(object);
      if (typeof role === 'string') ignored.push({ ...named(object), reason: role });
      else roles.set(roleKey(kind, role.namespace, role.name), role);
    }
  }
  const bindings: Binding[] = [];
  for (const object of ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) =>
    inventory.ofKind(kind, RBAC),
  )) {
    const binding = bindingOf(object);
    if (typeof binding === 'string') ignored.push({ ...named(object), reason: binding });
    else bindings.push(binding);
  }
  const positions = positionsBySubject(bindings);
  const clusterRoles = [...roles.values()].filter(({ namespace }) => namespace === undefined);
  const filled = new Map<Role, readonly RoleRule[]>();
  return {
    bindings,
    bindingsOf(user) {
      const keys = [subjectKey('User', user.name), ...user.groups.map((group) => subjectKey('Group', group))];
      const found = new Set(keys.flatMap((key) => positions.get(key) ?? []));
      return [...found].sort((a, b) => a - b).flatMap((position) => bindings[position] ?? []);
    },
    roles: [...roles.values()],
    ignored,
    rules(kind, namespace, name) {
      const role = roles.get(roleKey(kind, namespace, name));
      if (role === undefined) return undefined;
      const rules = filled.get(role) ?? rulesOf(role, clusterRoles);
      filled.set(role, rules);
      return rules;
    },
  };
}

function positionsBySubject(bindings: readonly Binding[]): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, { subjects }] of bindings.entries()) {
    for (const { kind, name } of subjects) {
      const key = subjectKey(kind, name);
      const list = positions.get(key);
      if (list === undefined) positions.set(key, [position]);
      else list.push(position);
    }
  }
  return positions;
}

function subjectKey(kind: 'User' | 'Group', name: string): string {
  return `${kind} ${name}`;
}

function roleKey(kind: 'Role' | 'ClusterRole', namespace: string | undefined, name: string): string {
  return JSON.stringify([kind, kind === 'Role' ? namespace : undefined, name]);
}

/** Decides a request by Kubernetes RBAC, which only ever allows: what no rule allows is denied. */
export function decideAccess(model: AccessModel, user: User, request: AccessRequest): AccessDecision {
  const reasons = model
    .bindingsOf(user)
    .map((binding) => judge(model, binding, subjectIndex(binding, user), request));
  const allowing = reasons.filter(({ effect }) => effect === 'allow');
  if (allowing.length > 0) return { allowed: true, because: allowing };
  if (reasons.length > 0) return { allowed: false, because: reasons };
  return { allowed: false, because: [{ effect: 'no-binding', text: 'no binding names the subject' }] };
}

function judge(model: AccessModel, binding: Binding, subject: number, request: AccessRequest): AccessReason {
  const { kind, name } = binding.role;
  const role: Named = kind === 'Role' ? { kind, namespace: binding.namespace ?? '', name } : { kind, name };
  const facts = { binding: named(binding.object), role };
  const bound = `${identityText(binding.object.identity)} (/subjects/${subject}) gives ${identityText({ apiVersion: '', ...role })}`;
  const rules = model.rules(kind, binding.namespace, name);
  if (rules === undefined)
    return { effect: 'missing-role', ...facts, text: `${bound}, which does not exist` };
  const found = rules.find(({ rule }) => ruleAllows(rule, request));
  if (found === undefined)
    return { effect: 'no-rule', ...facts, text: `${bound}, which has no rule for ${requestText(request)}` };
  if (binding.namespace !== undefined && binding.namespace !== request.namespace) {
    const where = request.namespace === '' ? 'not in all namespaces' : `not in ${request.namespace}`;
    return {
      effect: 'other-namespace',
      ...facts,
      text: `${bound} in namespace ${binding.namespace} only, ${where}`,
    };
  }
  const source = found.role === name ? '' : ` aggregated from ClusterRole ${found.role}`;
  return {
    effect: 'allow',
    ...facts,
    path: found.path,
    text: `${bound}, whose rule ${found.path}${source} allows ${requestText(request)}`,
  };
}

function requestText({ verb, group, resource, subresource, name, path }: AccessRequest): string {
  if (path !== undefined) return `${verb} ${path}`;
  const what = `${resource}${subresource === '' ? '' : `/${subresource}`}${group === '' ? '' : `.${group}`}`;
  return name === '' ? `${verb} ${what}` : `${verb} ${what} ${name}`;
}

function named({ identity: { kind, namespace, name } }: InventoryObject): Named {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}
