import type { Construct } from 'constructs';
import { httpGet } from '../../constructs/workload/action.ts';
import { Deployment } from '../../constructs/workload/deployment.ts';
import { USER } from './containers.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PORTS } from './names.ts';

export function composeFrontend(area: Construct, install: Installation) {
  return new Deployment(area, 'deployment', {
    name: NAMES.frontend,
    ...APPS.frontend,
    podLabels: APPS.frontend.labels,
    replicas: 2,
    runAs: USER,
    containers: [
      {
        name: NAMES.frontend,
        image: install.images.frontend,
        imagePullPolicy: 'Always',
        ports: [PORTS.frontend],
        // the browser's base URL; the image writes it to env-config.js at start
        env: { AGENTWEAVER_API_URL: '/api' },
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
        liveness: {
          check: httpGet(PORTS.frontend, '/'),
          initialDelaySeconds: 10,
          periodSeconds: 15,
          failureThreshold: 3,
        },
        readiness: {
          check: httpGet(PORTS.frontend, '/'),
          initialDelaySeconds: 5,
          periodSeconds: 10,
          failureThreshold: 3,
        },
        // the image writes env-config.js into its own root, as the original leaves it
        loosen: { rootFilesystem: 'unspecified' },
      },
    ],
  });
}
