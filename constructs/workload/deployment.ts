import type { Construct } from 'constructs';
import type { IDeployment, IDeploymentSpec } from 'kubernetes-models/apps/v1';
import { defined } from '../defined.ts';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { type Check, checkAt } from '../validate/check.ts';
import { type PodProps, podTemplate } from './pod.ts';
import type { Port } from './port.ts';
import { WorkloadObject } from './workload.ts';

/** How many pods; `autoscaled` leaves the number to a HorizontalPodAutoscaler. */
export type Replicas = number | 'autoscaled';

/** How new pods replace old ones, by number or by percentage such as `25%`. */
export interface RollingUpdate {
  /** Pods above the wanted number. @default 25% */
  readonly maxSurge?: number | `${number}%`;
  /** Pods below the wanted number. @default 25% */
  readonly maxUnavailable?: number | `${number}%`;
}

/** Props of {@link Deployment}. */
export interface DeploymentProps<P extends Port = Port> extends ObjectProps, PodProps<P> {
  readonly replicas: Replicas;
  /** `Recreate` stops all old pods before new ones start. @default the API's, a rolling update by quarters */
  readonly strategy?: 'Recreate' | RollingUpdate;
  /** Seconds a pod must be ready to count. @default 0 */
  readonly minReadySeconds?: number;
  /** Old versions kept. @default 10 */
  readonly revisionHistoryLimit?: number;
}

/**
 * Pods that are all alike and replaceable, hardened by default.
 *
 * Ports of several containers are named in the type: `new Deployment<typeof http | typeof metrics>(...)`.
 *
 * @example
 * const http = port('http', 8080);
 * const api = new Deployment(chart, 'api', {
 *   selector: { app: 'api' },
 *   replicas: 2,
 *   containers: [{
 *     name: 'api',
 *     image: 'registry.example/api:1.4.2',
 *     ports: [http],
 *     resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '2', memory: '4Gi' } },
 *     liveness: { check: httpGet(http, '/healthz'), periodSeconds: 15 },
 *   }],
 * });
 * new Service(chart, 'api-service', { name: 'api', pods: api, ports: [http] });
 */
export class Deployment<P extends Port = never> extends WorkloadObject<IDeployment, P> {
  readonly replicas: Replicas;

  constructor(scope: Construct, id: string, props: DeploymentProps<P>) {
    const check = checkAt(scope, id);
    const { replicas, strategy } = props;
    const metadata = metadataOf(check, id, props);
    const pod = podTemplate(check, props);
    checkReplicas(check, replicas);
    if (typeof strategy === 'object') checkRollingUpdate(check, strategy);
    check.done();
    const spec = defined<IDeploymentSpec>({
      replicas: replicas === 'autoscaled' ? undefined : replicas,
      strategy: strategy && strategyManifest(strategy),
      minReadySeconds: props.minReadySeconds,
      revisionHistoryLimit: props.revisionHistoryLimit,
      selector: { matchLabels: { ...props.selector } },
      template: pod.template,
    });
    super(scope, id, { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }, props, pod);
    this.replicas = replicas;
  }
}

/** Records a number of replicas that is none. */
export function checkReplicas(check: Check, replicas: Replicas): void {
  if (replicas !== 'autoscaled') check.integer('replicas', replicas, 0, 2147483647);
}

function checkRollingUpdate(check: Check, { maxSurge, maxUnavailable }: RollingUpdate): void {
  const isZero = (value: number | string | undefined) => value === 0 || value === '0%';
  for (const [field, value] of Object.entries({ maxSurge, maxUnavailable })) {
    const ok =
      typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^\d{1,3}%$/.test(value ?? '0%');
    check.that(
      ok,
      `strategy.${field}`,
      `${value} is not allowed`,
      'use 0 or more, or a percentage such as 25%',
    );
  }
  const stuck = isZero(maxSurge) && isZero(maxUnavailable);
  check.that(
    !stuck,
    'strategy',
    'maxSurge and maxUnavailable are both 0',
    'allow one of them, or no pod is ever replaced',
  );
}

function strategyManifest(strategy: 'Recreate' | RollingUpdate): NonNullable<IDeploymentSpec['strategy']> {
  return strategy === 'Recreate'
    ? { type: 'Recreate' }
    : { type: 'RollingUpdate', rollingUpdate: { ...strategy } };
}
