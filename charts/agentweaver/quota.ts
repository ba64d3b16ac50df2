import type { Construct } from 'constructs';
import { LimitRange } from '../../constructs/quota/limit-range.ts';
import { ResourceQuota } from '../../constructs/quota/resource-quota.ts';
import { DEFAULT_RESOURCES } from './containers.ts';

/** Bounds of the namespace: room for every workload at its largest, both pools and one surge pod each. */
export function composeQuota(area: Construct): void {
  new ResourceQuota(area, 'agentweaver-quota', {
    hard: {
      pods: '30',
      'requests.cpu': '16',
      'requests.memory': '32Gi',
      'limits.cpu': '32',
      'limits.memory': '64Gi',
      persistentvolumeclaims: '4',
      'requests.storage': '80Gi',
      'count/sandboxclaims.extensions.agents.x-k8s.io': '20',
    },
  });
  new LimitRange(area, 'agentweaver-default-limits', {
    container: {
      defaultRequest: DEFAULT_RESOURCES.requests,
      default: DEFAULT_RESOURCES.limits,
      max: { cpu: '4', memory: '4Gi' },
    },
  });
}
