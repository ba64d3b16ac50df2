import type { Check, PodCheck } from './check.ts';
import { CHECKS } from './checks.ts';
import type { Pod } from './pod.ts';

export type Level = 'privileged' | 'baseline' | 'restricted';

/** What a check forbids in a pod. */
export interface Violation {
  /** ID of the check. */
  readonly check: string;
  readonly reason: string;
  readonly detail: string;
  /** JSON pointer of the first field that is to be changed, written or not. */
  readonly path: string;
  /** All of them. */
  readonly paths: readonly string[];
}

/**
 * Holds a pod against a level of the Pod Security Standards.
 *
 * @param minor version of the standards, of Kubernetes 1; one that is not known yet counts as the newest
 * @returns violations in the order in which admission names them
 * @throws InvalidField where the pod has a value of a wrong type
 */
export function podViolations(pod: Pod, level: Level, minor: number): Violation[] {
  return checksOf(level, minor).flatMap(({ id, check }) => violation(id, check, pod));
}

/**
 * Holds a pod against a single check, whatever its level; of a version before the check, everything is allowed.
 *
 * @throws InvalidField
 */
export function checkViolations(pod: Pod, check: Check, minor: number): Violation[] {
  const version = versionOf(check, minor);
  return version === undefined ? [] : violation(check.id, version, pod);
}

function violation(id: string, check: PodCheck, pod: Pod): Violation[] {
  const forbidden = check(pod);
  if (forbidden === undefined) return [];
  const { reason, detail, paths } = forbidden;
  return [{ check: id, reason, detail, path: paths[0] ?? '', paths }];
}

function checksOf(level: Level, minor: number): { id: string; check: PodCheck }[] {
  if (level === 'privileged') return [];
  const held = CHECKS.flatMap((check) => {
    const version =
      check.level === 'restricted' && level === 'baseline' ? undefined : versionOf(check, minor);
    return version === undefined ? [] : [{ id: check.id, check: version, overrides: check.overrides }];
  });
  const overridden = new Set(held.map(({ overrides }) => overrides));
  return held.filter(({ id }) => !overridden.has(id));
}

function versionOf({ versions }: Check, minor: number): PodCheck | undefined {
  return versions.findLast(({ since }) => since <= minor)?.check;
}
