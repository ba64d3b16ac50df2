import type { Construct } from 'constructs';
import { exec, httpGet } from '../../constructs/workload/action.ts';
import { Deployment } from '../../constructs/workload/deployment.ts';
import type { ServerParts } from './api.ts';
import { serverContainers, USER_WITH_VOLUMES, variableSources } from './containers.ts';
import { workerVariables } from './environment-variables.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PORTS } from './names.ts';

/** The worker: the API's image without a Service or a route; nobody calls it. */
export function composeWorker(area: Construct, install: Installation, parts: ServerParts) {
  const { identities, secrets, storage } = parts;
  return new Deployment(area, 'deployment', {
    name: NAMES.worker,
    ...APPS.worker,
    podLabels: APPS.worker.labels,
    serviceAccount: identities.api,
    // the worker claims sandboxes and executes in them
    loosen: { serviceAccountToken: 'mounted' },
    runAs: USER_WITH_VOLUMES,
    // corrected: the original also pins 1, which resets the autoscaler's choice on every apply
    replicas: 'autoscaled',
    strategy: { maxSurge: 1, maxUnavailable: 0 },
    terminationGracePeriodSeconds: 120,
    ...serverContainers({
      install,
      secrets,
      storage,
      reads: ['github-client-id', 'github-client-secret'],
      container: {
        name: NAMES.worker,
        ports: [PORTS.worker],
        env: workerVariables(install, variableSources(secrets)),
        liveness: {
          check: httpGet(PORTS.worker, '/healthz'),
          initialDelaySeconds: 30,
          periodSeconds: 20,
          failureThreshold: 3,
        },
        readiness: {
          check: httpGet(PORTS.worker, '/readyz'),
          initialDelaySeconds: 20,
          periodSeconds: 15,
          failureThreshold: 3,
        },
        preStop: exec(['/bin/sh', '-c', 'sleep 30']),
      },
    }),
  });
}
