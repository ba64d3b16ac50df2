import { type Inventory, textAt } from '../../inventory/index.ts';
import type { Subject } from './subject.ts';

/** An identity at a cloud provider that tokens of a ServiceAccount are exchanged for. */
export interface CloudIdentity {
  /** Microsoft Entra Workload ID, or IAM roles for service accounts of AWS. */
  readonly kind: 'azure-workload-identity' | 'aws-irsa';
  /** Client ID of the application or managed identity, or ARN of the role. */
  readonly identity: string;
  /** Only of Azure, where the ServiceAccount names it; else the tenant of the cluster's webhook. */
  readonly tenant?: string;
  /** `sub` of the tokens, which the provider must trust. */
  readonly subject: string;
  /** `aud` of the tokens. */
  readonly audience: string;
  readonly source: { readonly kind: 'ServiceAccount'; readonly namespace: string; readonly name: string };
}

/**
 * The identities that annotations of a pod's ServiceAccount give it, with the webhooks of the providers in the cluster.
 * That the provider trusts the tokens is not in manifests.
 */
export function cloudIdentities(inventory: Inventory, subject: Subject): CloudIdentity[] {
  const { namespace, serviceAccountName: name, labels } = subject;
  const account = inventory.find('', 'ServiceAccount', namespace, name)?.manifest;
  const annotation = (key: string): string | undefined => textAt(account, 'metadata', 'annotations', key);
  const base = {
    subject: `system:serviceaccount:${namespace}:${name}`,
    source: { kind: 'ServiceAccount', namespace, name },
  } as const;
  const found: CloudIdentity[] = [];
  const client = annotation('azure.workload.identity/client-id');
  // the webhook looks at labelled pods only
  if (client !== undefined && labels['azure.workload.identity/use'] === 'true') {
    const tenant = annotation('azure.workload.identity/tenant-id');
    found.push({
      kind: 'azure-workload-identity',
      identity: client,
      ...(tenant !== undefined && { tenant }),
      audience: 'api://AzureADTokenExchange',
      ...base,
    });
  }
  const role = annotation('eks.amazonaws.com/role-arn');
  if (role !== undefined)
    found.push({
      kind: 'aws-irsa',
      identity: role,
      audience: annotation('eks.amazonaws.com/audience') ?? 'sts.amazonaws.com',
      ...base,
    });
  return found;
}
