import type { Construct } from 'constructs';
import { HorizontalPodAutoscaler } from '../../constructs/autoscaling/horizontal-pod-autoscaler.ts';
import { PodDisruptionBudget } from '../../constructs/autoscaling/pod-disruption-budget.ts';
import type { AppLabels } from '../../constructs/labels/labels.ts';
import type { Deployment } from '../../constructs/workload/deployment.ts';
import type { Port } from '../../constructs/workload/port.ts';

/** How many pods of a workload a drain may take down at a time. */
export function budget<P extends Port>(
  area: Construct,
  workload: Deployment<P>,
  { labels }: AppLabels,
): void {
  const { replicas } = workload;
  const props = { name: `${workload.name}-pdb`, labels, pods: workload };
  // corrected: with one replica, minAvailable 1 would block every drain of its node
  if (typeof replicas === 'number' && replicas > 1) {
    new PodDisruptionBudget(area, 'budget', { ...props, minAvailable: 1 });
  } else {
    new PodDisruptionBudget(area, 'budget', { ...props, maxUnavailable: 1 });
  }
}

/** One to three workers by load; slowly down, since a worker that ends gives up its runs. */
export function autoscale<P extends Port>(
  area: Construct,
  worker: Deployment<P>,
  { labels }: AppLabels,
): void {
  new HorizontalPodAutoscaler(area, 'autoscaler', {
    name: `${worker.name}-hpa`,
    labels,
    workload: worker,
    minReplicas: 1,
    maxReplicas: 3,
    cpuUtilization: 70,
    memoryUtilization: 80,
    scaleDown: { stabilizationWindowSeconds: 120, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
    scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 1, periodSeconds: 30 }] },
  });
}
