import { IDENTITY } from './agentweaver-identity.ts';
import { NETWORK } from './agentweaver-network.ts';
import { WORKLOADS } from './agentweaver-workloads.ts';
import { GATEWAYS } from './gateway.ts';
import { GITOPS } from './gitops.ts';
import type { Mutations } from './mutation.ts';
import { PERMISSIONS } from './rbac.ts';
import { REFERENCES } from './references.ts';
import { SECRETS } from './secrets.ts';
import { WORKLOAD } from './workload.ts';

export { ENVIRONMENTS, type EnvironmentName, type Manifests, targetOf } from './mutation.ts';

/** For every rule one way to break Agentweaver's manifests that it must find. */
export const MUTATIONS: Mutations = {
  ...IDENTITY,
  ...NETWORK,
  ...WORKLOADS,
  ...WORKLOAD,
  ...REFERENCES,
  ...PERMISSIONS,
  ...SECRETS,
  ...GATEWAYS,
  ...GITOPS,
};
