import type { Construct } from 'constructs';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { isPodGroup, type PodSelection, selectorOf } from '../labels/selector.ts';
import { checkAt } from '../validate/check.ts';

/** A number of pods, or a percentage such as `50%`. */
export type PodCount = number | `${number}%`;

/** Exactly one bound: the API refuses both. */
type Bound =
  | { readonly minAvailable: PodCount; readonly maxUnavailable?: never }
  | { readonly maxUnavailable: PodCount; readonly minAvailable?: never };

/** Props of {@link PodDisruptionBudget}. */
export type PodDisruptionBudgetProps = ObjectProps & {
  /** The pods it protects, as a rule a workload. */
  readonly pods: PodSelection;
} & Bound;

/**
 * How many pods planned work, such as a node's drain, may take down.
 *
 * @example
 * new PodDisruptionBudget(chart, 'api-pdb', { pods: api, minAvailable: 1 });
 */
export class PodDisruptionBudget extends KubeObject<IPodDisruptionBudget> {
  constructor(scope: Construct, id: string, props: PodDisruptionBudgetProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const selector = selectorOf(props.pods);
    selector.check(check, 'pods');
    if (isPodGroup(props.pods)) check.sameNamespace('pods', 'the workload', props.pods.namespace);
    const { minAvailable, maxUnavailable } = props;
    const count = minAvailable ?? maxUnavailable;
    const ok =
      typeof count === 'number' ? Number.isInteger(count) && count >= 0 : /^\d{1,3}%$/.test(count ?? '');
    check.that(
      ok,
      minAvailable === undefined ? 'maxUnavailable' : 'minAvailable',
      `${count} is not allowed`,
      'use 0 or more, or a percentage such as 50%',
    );
    check.done();
    super(scope, id, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: {
        ...(minAvailable === undefined ? {} : { minAvailable }),
        ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
        selector: selector.toManifest(),
      },
    });
  }
}
