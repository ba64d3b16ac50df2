import type { Construct } from 'constructs';
import type { IJob, IJobSpec } from 'kubernetes-models/batch/v1';
import { defined } from '../defined.ts';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { type PodProps, podTemplate, type RenderedPod } from './pod.ts';
import type { Port } from './port.ts';
import { WorkloadObject } from './workload.ts';

/** How a task runs. */
export interface TaskProps<P extends Port = Port> extends PodProps<P> {
  /** Whether a failed container starts again in its pod. @default Never */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** Attempts after the first. @default 6 */
  readonly backoffLimit?: number;
  /** Seconds after its end at which it is deleted. @default kept */
  readonly ttlSecondsAfterFinished?: number;
  /** Seconds it may take at most. @default no bound */
  readonly activeDeadlineSeconds?: number;
  /** @default 1 */
  readonly completions?: number;
  /** @default 1 */
  readonly parallelism?: number;
}

/** Props of {@link Job}. */
export interface JobProps<P extends Port = Port> extends ObjectProps, TaskProps<P> {}

/**
 * Pods that run to their end once. Its selector only labels the pods, so that policies find them; Kubernetes
 * itself finds them by a label of its own.
 *
 * @example
 * new Job(chart, 'migrate', {
 *   selector: { app: 'migrate' },
 *   backoffLimit: 0,
 *   containers: [{ name: 'migrate', image: 'registry.example/api:1.4.2', resources }],
 * });
 */
export class Job<P extends Port = never> extends WorkloadObject<IJob, P> {
  constructor(scope: Construct, id: string, props: JobProps<P>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const { spec, pod } = jobSpec(check, props);
    check.done();
    super(scope, id, { apiVersion: 'batch/v1', kind: 'Job', metadata, spec }, props, pod);
  }
}

/** @returns the specification of a task as the API has it. */
export function jobSpec<P extends Port>(
  check: Check,
  props: TaskProps<P>,
): { readonly spec: IJobSpec; readonly pod: RenderedPod<P> } {
  const { backoffLimit, ttlSecondsAfterFinished, activeDeadlineSeconds, completions, parallelism } = props;
  const numbers = { backoffLimit, ttlSecondsAfterFinished, activeDeadlineSeconds, completions, parallelism };
  for (const [field, value] of Object.entries(numbers)) {
    if (value !== undefined) check.integer(field, value, field === 'activeDeadlineSeconds' ? 1 : 0);
  }
  const pod = podTemplate(check, props, { restartPolicy: props.restartPolicy ?? 'Never' });
  return { spec: defined<IJobSpec>({ ...numbers, template: pod.template }), pod };
}
