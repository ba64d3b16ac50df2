import type { Construct } from 'constructs';
import {
  type AzureWorkloadIdentity,
  azureWorkloadIdentity,
} from '../../constructs/identity/azure-workload-identity.ts';
import { ServiceAccount } from '../../constructs/identity/service-account.ts';
import type { Installation } from './installation.ts';
import { NAMES } from './names.ts';

/** Who the pods are, towards the cluster and towards Azure. */
export interface Identities {
  readonly managed: AzureWorkloadIdentity;
  /** The API and the worker. */
  readonly api: ServiceAccount;
  readonly agentHost: ServiceAccount;
}

/** One managed identity with two federated credentials, one for each ServiceAccount. */
export function composeIdentities(area: Construct, { parameters }: Installation): Identities {
  const identity = azureWorkloadIdentity(parameters.identity);
  // corrected: MCP has no ServiceAccount here, since it needs neither pod-exec nor the vault
  return {
    managed: identity,
    api: new ServiceAccount(area, NAMES.api, { identity }),
    agentHost: new ServiceAccount(area, NAMES.agentHostPool, { identity }),
  };
}
