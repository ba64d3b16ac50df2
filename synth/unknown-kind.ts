import { kindsOf } from '../api/fields.ts';
import { groupOf, type Manifest } from '../core/manifest.ts';
import { nearest } from '../core/nearest.ts';
import type { Fault } from './fault.ts';

/**
 * API groups that only Kubernetes itself adds kinds to, and whose served versions are all in the table of fields.
 * `extensions` is a group that no supported Kubernetes serves.
 */
const COMPLETE_GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  'rbac.authorization.k8s.io',
]);

/** @returns a fault where the manifest says no kind, or one that its API group certainly does not have. */
export function unknownKindFaults({ apiVersion, kind }: Manifest): Fault[] {
  const empty = Object.entries({ apiVersion, kind }).filter(([, text]) => !/\S/.test(text));
  if (empty.length > 0)
    return empty.map(([field]) => ({ path: `/${field}`, what: `${field} is empty`, remedy: 'name it' }));
  // its beta and alpha versions have kinds that the table does not
  const isComplete = COMPLETE_GROUPS.has(groupOf(apiVersion)) || apiVersion === 'networking.k8s.io/v1';
  if (!isComplete) return [];
  const kinds = kindsOf(apiVersion);
  // clients take lists apart before the API server sees them
  if (kinds.includes(kind) || kind === 'List' || kinds.includes(kind.replace(/List$/, ''))) return [];
  const what = `${apiVersion} has no kind ${JSON.stringify(kind)}`;
  const remedy = remedyOf(kind, kinds);
  return [remedy === undefined ? { path: '/kind', what } : { path: '/kind', what, remedy }];
}

function remedyOf(kind: string, kinds: readonly string[]): string | undefined {
  const versions = SERVED.filter((version) => kindsOf(version).includes(kind));
  if (versions.length > 0) return `it is a kind of ${versions.join(' and ')}`;
  const candidates = kinds.length > 0 ? kinds : SERVED.flatMap((version) => kindsOf(version));
  const meant = nearest(kind, candidates);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return kinds.length > 0 ? `it has: ${kinds.join(', ')}` : undefined;
}

/** Where a kind that stands under another version or group is to be found. */
const SERVED = [
  'v1',
  'apps/v1',
  'autoscaling/v2',
  'batch/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
];
