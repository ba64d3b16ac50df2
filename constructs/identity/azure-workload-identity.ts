import type { Labels } from '../labels/labels.ts';
import { verify } from '../validate/check.ts';

/** The label that makes Azure's webhook give a pod the token of its ServiceAccount's identity. */
const USE_LABEL = { 'azure.workload.identity/use': 'true' } as const;

/** A managed identity of Azure that pods take on, declared once for ServiceAccounts, pods and vaults. */
export interface AzureWorkloadIdentity {
  /** Client id of the managed identity. */
  readonly clientId: string;
  readonly tenantId: string;
  /** What the ServiceAccount carries. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What each pod of that ServiceAccount carries. */
  readonly podLabels: Labels;
}

/**
 * @throws InputError when an id is empty, has blanks, or is an unresolved placeholder
 * @example
 * const identity = azureWorkloadIdentity({ clientId, tenantId });
 * const account = new ServiceAccount(chart, 'api', { identity });
 */
export function azureWorkloadIdentity(ids: {
  readonly clientId: string;
  readonly tenantId: string;
}): AzureWorkloadIdentity {
  const { clientId, tenantId } = ids;
  verify('azure workload identity', (check) => {
    for (const [field, id] of Object.entries(ids)) {
      const ok = /^[^\s${}<>]+$/.test(id);
      check.that(ok, field, `${JSON.stringify(id)} is no id`, 'give the id that az identity show prints');
    }
  });
  return {
    clientId,
    tenantId,
    annotations: {
      'azure.workload.identity/client-id': clientId,
      'azure.workload.identity/tenant-id': tenantId,
    },
    podLabels: USE_LABEL,
  };
}
