import type { Construct } from 'constructs';
import type {
  IHorizontalPodAutoscaler,
  IHorizontalPodAutoscalerSpec,
} from 'kubernetes-models/autoscaling/v2';
import { defined } from '../defined.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import type { Replicas } from '../workload/deployment.ts';
import type { Workload } from '../workload/workload.ts';

/** Custom metrics, as the API has them. */
type Metrics = NonNullable<IHorizontalPodAutoscalerSpec['metrics']>;
type Behavior = NonNullable<IHorizontalPodAutoscalerSpec['behavior']>;

/** How fast the number of pods changes in one direction. */
export interface ScalingPace {
  /** Seconds over which the recommendation must hold. @default the API's: 0 up, 300 down */
  readonly stabilizationWindowSeconds?: number;
  /** Steps allowed; the greatest wins. @default the API's */
  readonly policies?: readonly {
    readonly type: 'Pods' | 'Percent';
    readonly value: number;
    readonly periodSeconds: number;
  }[];
}

/** Props of {@link HorizontalPodAutoscaler}. */
export interface HorizontalPodAutoscalerProps extends ObjectProps {
  /** The workload, whose `replicas` must be `autoscaled`. */
  readonly workload: Workload & { readonly replicas: Replicas };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Average CPU use wanted, in percent of the request. @default not regarded */
  readonly cpuUtilization?: number;
  /** Average memory use wanted, in percent of the request. @default not regarded */
  readonly memoryUtilization?: number;
  /** Further metrics, as the API has them. @default none */
  readonly metrics?: Readonly<Metrics>;
  /** @default the API's */
  readonly scaleUp?: ScalingPace;
  /** @default the API's */
  readonly scaleDown?: ScalingPace;
}

/**
 * Keeps the number of a workload's pods between two bounds by what they use.
 *
 * @example
 * new HorizontalPodAutoscaler(chart, 'worker-hpa', {
 *   workload: worker, minReplicas: 1, maxReplicas: 3, cpuUtilization: 70,
 * });
 */
export class HorizontalPodAutoscaler extends KubeObject<IHorizontalPodAutoscaler> {
  constructor(scope: Construct, id: string, props: HorizontalPodAutoscalerProps) {
    const check = checkAt(scope, id);
    const { workload, minReplicas, maxReplicas } = props;
    const metadata = metadataOf(check, id, props);
    check.sameNamespace('workload', `${workload.kind} ${workload.name}`, workload.namespace);
    check.integer('minReplicas', minReplicas, 1);
    check.integer('maxReplicas', maxReplicas, 1);
    check.that(
      minReplicas <= maxReplicas,
      'minReplicas',
      `${minReplicas} is above maxReplicas`,
      `use ${maxReplicas} or less`,
    );
    const target = `${workload.kind} ${workload.name}`;
    const remedy = "set its replicas to 'autoscaled', or each sync resets the autoscaler's choice";
    check.that(workload.replicas === 'autoscaled', 'workload', `${target} fixes its replicas`, remedy);
    const metrics = [
      ...utilization('cpu', props.cpuUtilization),
      ...utilization('memory', props.memoryUtilization),
      ...(props.metrics ?? []),
    ];
    check.that(
      metrics.length > 0,
      'metrics',
      'names no metric',
      'give cpuUtilization, memoryUtilization or metrics',
    );
    check.done();
    const spec: IHorizontalPodAutoscalerSpec = {
      scaleTargetRef: { apiVersion: workload.apiVersion, kind: workload.kind, name: workload.name },
      minReplicas,
      maxReplicas,
      metrics,
      ...behavior(props),
    };
    super(scope, id, { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec });
  }
}

function utilization(name: string, averageUtilization: number | undefined): Metrics {
  if (averageUtilization === undefined) return [];
  return [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
}

function behavior({ scaleUp, scaleDown }: HorizontalPodAutoscalerProps): { behavior?: Behavior } {
  if (scaleUp === undefined && scaleDown === undefined) return {};
  return { behavior: defined<Behavior>({ scaleUp: pace(scaleUp), scaleDown: pace(scaleDown) }) };
}

function pace(given: ScalingPace | undefined): Behavior['scaleUp'] {
  if (given === undefined) return undefined;
  const { stabilizationWindowSeconds, policies } = given;
  return defined<NonNullable<Behavior['scaleUp']>>({
    stabilizationWindowSeconds,
    policies: policies && [...policies],
  });
}
