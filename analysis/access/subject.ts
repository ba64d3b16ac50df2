/** Who asks, as the API server sees them after authentication. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

const ACCOUNT = 'system:serviceaccount:';
const AUTHENTICATED = 'system:authenticated';
const UNAUTHENTICATED = 'system:unauthenticated';

/**
 * Reads `serviceaccount:namespace/name`, `user:name` or `group:name`. Whoever has authenticated is in
 * `system:authenticated` as well; ServiceAccounts are in the groups of all ServiceAccounts and of their namespace.
 * A group stands for a user of whom nothing else is known.
 *
 * @returns undefined for any other text
 */
export function parseSubject(text: string): User | undefined {
  const [, type, name] = /^(serviceaccount|user|group):(.+)$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (type === 'group') return { name: '', groups: groupsOfMember(name) };
  if (type === 'user') return userNamed(name);
  const [, namespace, account] = /^([^/]+)\/([^/]+)$/.exec(name) ?? [];
  return account === undefined ? undefined : userNamed(`${ACCOUNT}${namespace}:${account}`);
}

/** @returns the name under which a ServiceAccount authenticates. */
export function accountUser(namespace: string, name: string): string {
  return `${ACCOUNT}${namespace}:${name}`;
}

function userNamed(name: string): User {
  if (name === 'system:anonymous') return { name, groups: [UNAUTHENTICATED] };
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  return { name, groups: namespace === undefined ? [AUTHENTICATED] : accountGroups(namespace) };
}

function groupsOfMember(group: string): readonly string[] {
  if (group === UNAUTHENTICATED) return [group];
  const [, namespace] = /^system:serviceaccounts:([^:]+)$/.exec(group) ?? [];
  if (namespace !== undefined) return accountGroups(namespace);
  return [...new Set([group, AUTHENTICATED])];
}

function accountGroups(namespace: string): readonly string[] {
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED];
}
