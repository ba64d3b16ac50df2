import { scopeOf } from '../api/kinds.ts';

/** @returns whether objects of a kind belong to no namespace; unknown kinds belong to one. */
export function isClusterScoped(group: string, kind: string): boolean {
  return scopeOf(group === '' ? 'v1' : `${group}/v1`, kind) === 'Cluster';
}

/**
 * The namespace in which the API server keeps an object: none for a cluster-scoped kind, and `default`, which
 * kubectl fills in, for an object that names none.
 */
export function scopedNamespace(
  group: string,
  kind: string,
  namespace: string | undefined,
): string | undefined {
  return isClusterScoped(group, kind) ? undefined : (namespace ?? 'default');
}
