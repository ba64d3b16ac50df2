import type { Construct } from 'constructs';
import { httpGet } from '../../constructs/workload/action.ts';
import { Deployment } from '../../constructs/workload/deployment.ts';
import { serverContainers, USER_WITH_VOLUMES, variableSources } from './containers.ts';
import { apiVariables } from './environment-variables.ts';
import type { Identities } from './identity.ts';
import type { Installation } from './installation.ts';
import { APPS, NAMES, PORTS } from './names.ts';
import type { Secrets } from './secrets.ts';
import type { Storage } from './storage.ts';

/** What the servers of the platform are made from. */
export interface ServerParts {
  readonly identities: Identities;
  readonly secrets: Secrets;
  readonly storage: Storage;
}

export function composeApi(area: Construct, install: Installation, parts: ServerParts) {
  const { identities, secrets, storage } = parts;
  return new Deployment(area, 'deployment', {
    name: NAMES.api,
    ...APPS.api,
    podLabels: APPS.api.labels,
    serviceAccount: identities.api,
    // the API claims sandboxes and executes in them
    loosen: { serviceAccountToken: 'mounted' },
    runAs: USER_WITH_VOLUMES,
    // SQLite allows one writer, so the old pod must be gone before the new one starts
    replicas: install.throwaway ? 1 : 2,
    strategy: install.throwaway ? 'Recreate' : { maxSurge: 1, maxUnavailable: 0 },
    ...serverContainers({
      install,
      secrets,
      storage,
      reads: ['github-client-id', 'github-client-secret', 'mcp-oauth-signing-key'],
      container: {
        name: NAMES.api,
        ports: [PORTS.api],
        env: apiVariables(install, variableSources(secrets)),
        liveness: {
          check: httpGet(PORTS.api, '/api/ping'),
          initialDelaySeconds: 15,
          periodSeconds: 15,
          failureThreshold: 3,
        },
        // kept: a readiness probe of the shared mount would take every replica out of service at once
        readiness: {
          check: httpGet(PORTS.api, '/api/health'),
          initialDelaySeconds: 10,
          periodSeconds: 10,
          failureThreshold: 3,
        },
      },
    }),
  });
}
