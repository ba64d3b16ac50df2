import type { Construct } from 'constructs';
import type { IServiceAccount } from 'kubernetes-models/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import type { Labels } from '../labels/labels.ts';
import { checkAt } from '../validate/check.ts';
import type { AzureWorkloadIdentity } from './azure-workload-identity.ts';

/** Props of {@link ServiceAccount}. */
export interface ServiceAccountProps extends ObjectProps {
  /** The cloud identity of its pods; they get its label by themselves. @default none */
  readonly identity?: AzureWorkloadIdentity;
  /** @default left out: each pod says whether it wants a token, and by default it does not */
  readonly automountServiceAccountToken?: boolean;
}

/**
 * Who a pod is.
 *
 * @example
 * const account = new ServiceAccount(chart, 'api', { identity: azureWorkloadIdentity({ clientId, tenantId }) });
 * new Deployment(chart, 'api', { serviceAccount: account, ... });
 */
export class ServiceAccount extends KubeObject<IServiceAccount> {
  /** What each of its pods carries. */
  readonly podLabels: Labels;

  constructor(scope: Construct, id: string, props: ServiceAccountProps = {}) {
    const check = checkAt(scope, id);
    const annotations = { ...props.identity?.annotations, ...props.annotations };
    const metadata = metadataOf(check, id, { ...props, annotations });
    check.done();
    const automount = props.automountServiceAccountToken;
    super(scope, id, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      ...(automount === undefined ? {} : { automountServiceAccountToken: automount }),
    });
    this.podLabels = props.identity?.podLabels ?? {};
  }
}
