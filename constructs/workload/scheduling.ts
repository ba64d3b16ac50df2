import type { IAffinity, IToleration, ITopologySpreadConstraint } from 'kubernetes-models/v1';
import type { LabelExpression } from '../labels/selector.ts';

/** Where pods run: affinity as the API has it, made by the functions of this file or by hand. */
export type Affinity = IAffinity;

/** A taint that a pod does not mind. */
export type Toleration = IToleration;

/** How evenly pods of one workload spread; its selector is the workload's own. */
export interface TopologySpread {
  /** Label of the nodes that tells places apart, such as `topology.kubernetes.io/zone`. */
  readonly topologyKey: string;
  /** Greatest difference between two places. @default 1 */
  readonly maxSkew?: number;
  /** @default ScheduleAnyway */
  readonly whenUnsatisfiable?: 'DoNotSchedule' | 'ScheduleAnyway';
}

/** @returns the toleration of a taint with this key, value and effect */
export function tolerate(
  key: string,
  value: string,
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute',
): Toleration {
  return { key, operator: 'Equal', value, effect };
}

/** Nodes that pods rather run on. @param weight 1 to 100 */
export function preferNodes(weight: number, ...conditions: readonly LabelExpression[]): Affinity {
  const preference = { matchExpressions: conditions.map(nodeExpression) };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, preference }] } };
}

/** Nodes that pods only run on; all conditions must hold. */
export function requireNodes(...conditions: readonly LabelExpression[]): Affinity {
  const nodeSelectorTerms = [{ matchExpressions: conditions.map(nodeExpression) }];
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}

function nodeExpression({ key, operator, values }: LabelExpression) {
  return values === undefined ? { key, operator } : { key, operator, values: [...values] };
}

/** @returns the spread over a workload's own pods */
export function topologySpreadManifest(
  { topologyKey, maxSkew = 1, whenUnsatisfiable = 'ScheduleAnyway' }: TopologySpread,
  matchLabels: Readonly<Record<string, string>>,
): ITopologySpreadConstraint {
  return { topologyKey, maxSkew, whenUnsatisfiable, labelSelector: { matchLabels: { ...matchLabels } } };
}
