import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Area } from '../../constructs/area.ts';
import { Namespace } from '../../constructs/namespace/namespace.ts';
import { composeAccess } from './access.ts';
import { composeApi } from './api.ts';
import { autoscale, budget } from './availability.ts';
import { composeFrontend } from './frontend.ts';
import { composeGateways } from './gateways.ts';
import { composeIdentities } from './identity.ts';
import { type Installation, installation } from './installation.ts';
import { composeJobs } from './jobs.ts';
import { composeMcp } from './mcp.ts';
import { APPS, LABELS, NAMESPACE } from './names.ts';
import { composeNetwork } from './network/index.ts';
import type { Parameters } from './parameters.ts';
import { composeQuota } from './quota.ts';
import { composeRoutes } from './routes.ts';
import { composeSandboxes } from './sandboxes.ts';
import { composeSecrets } from './secrets.ts';
import { apiService, frontendService, mcpService } from './services.ts';
import { composeStorage } from './storage.ts';
import { composeWorker } from './worker.ts';

/**
 * Everything that one installation of Agentweaver has in the cluster, in areas that a reviewer reads one by one.
 *
 * @example
 * const { parameters } = await readEnvironment('environments/agentweaver/default.yaml');
 * new Agentweaver(app, 'agentweaver', parameters as AgentweaverParameters);
 */
export class Agentweaver extends Chart {
  constructor(scope: Construct, id: string, parameters: Parameters) {
    super(scope, id, { namespace: NAMESPACE, labels: LABELS.common });
    compose((name) => new Area(this, name), installation(parameters));
  }
}

function compose(area: (name: string) => Area, install: Installation): void {
  new Namespace(area('namespace'), NAMESPACE, {
    // added: the pods of the platform are restricted; those that the gateway controller makes are at least baseline
    podSecurity: { enforce: 'baseline', warn: 'restricted', audit: 'restricted' },
  });
  const identity = area('identity');
  const identities = composeIdentities(identity, install);
  composeAccess(identity, install, identities);
  const secrets = composeSecrets(area('secrets'), install, identities);
  composeQuota(area('quota'), install);
  const storage = composeStorage(area('storage'), install);
  const parts = { identities, secrets, storage };

  const gatewayArea = area('gateway');
  const gateways = composeGateways(gatewayArea, install);
  composeNetwork(area('network'), install, gateways);
  composeSandboxes(area('sandbox'), install, parts);

  const apiArea = area('api');
  const api = composeApi(apiArea, install, parts);
  budget(apiArea, api, APPS.api);
  const frontendArea = area('frontend');
  const frontend = composeFrontend(frontendArea, install);
  budget(frontendArea, frontend, APPS.frontend);
  const mcpArea = area('mcp');
  const mcp = composeMcp(mcpArea, install);
  budget(mcpArea, mcp, APPS.mcp);
  composeRoutes(gatewayArea, gateways.main, {
    api: apiService(apiArea, install, api),
    frontend: frontendService(frontendArea, frontend),
    mcp: mcpService(mcpArea, mcp),
  });
  // the worker shares its state with the API through Postgres, which the throwaway mode does not have
  if (!install.throwaway) {
    const workerArea = area('worker');
    const worker = composeWorker(workerArea, install, parts);
    // it calls the API from its first run on
    worker.node.addDependency(api);
    autoscale(workerArea, worker, APPS.worker);
    budget(workerArea, worker, APPS.worker);
  }
  composeJobs(area('jobs'), install, secrets, storage);
}
