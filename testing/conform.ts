import { InvalidField, podOf, podViolations } from '../analysis/pod-security/index.ts';
import { identityText } from '../core/manifest.ts';
import type { Inventory } from '../inventory/index.ts';

/** Levels of the Pod Security Standards. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** What the newest known Pod Security Standards forbid, of all pods of an inventory. */
export interface Conformance {
  /** Objects that are pods or make pods. */
  readonly pods: number;
  /** One line each: object, path, what admission says. */
  readonly violations: readonly string[];
}

/** Holds every pod of an inventory, and every template of pods, against a level. */
export function conformance(inventory: Inventory, level: PodSecurityLevel): Conformance {
  let pods = 0;
  const violations: string[] = [];
  for (const object of inventory.objects) {
    try {
      const pod = podOf(object, inventory);
      if (pod === undefined) continue;
      pods += 1;
      for (const { path, reason, detail } of podViolations(pod, level, Number.POSITIVE_INFINITY))
        violations.push(`${identityText(object.identity)} ${path}: ${reason} (${detail})`);
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error;
      pods += 1;
      violations.push(`${identityText(object.identity)} ${error.message}`);
    }
  }
  return { pods, violations };
}
