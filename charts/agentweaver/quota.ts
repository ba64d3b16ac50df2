import type { Construct } from 'constructs';
import { LimitRange } from '../../constructs/quota/limit-range.ts';
import { ResourceQuota } from '../../constructs/quota/resource-quota.ts';
import { DEFAULT_RESOURCES } from './containers.ts';
import type { Installation } from './installation.ts';
import { requestedStorage } from './storage.ts';

/** GiB of the original; a larger workspace raises the quota with it. */
const STORAGE = 80;

/** Bounds of the namespace: room for every workload at its largest, both pools and one surge pod each. */
export function composeQuota(area: Construct, install: Installation): void {
  new ResourceQuota(area, 'agentweaver-quota', {
    hard: {
      pods: '30',
      'requests.cpu': '16',
      'requests.memory': '32Gi',
      'limits.cpu': '32',
      'limits.memory': '64Gi',
      persistentvolumeclaims: '4',
      'requests.storage': `${Math.max(STORAGE, requestedStorage(install))}Gi`,
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
