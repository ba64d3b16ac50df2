import type { Construct } from 'constructs';
import type { ISandboxWarmPool } from '../../api/agent-sandbox.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import type { Port } from '../workload/port.ts';
import type { SandboxTemplate } from './sandbox-template.ts';

/** Props of {@link SandboxWarmPool}. */
export interface SandboxWarmPoolProps extends ObjectProps {
  /** What its sandboxes are like. */
  readonly template: Pick<SandboxTemplate<Port>, 'name' | 'namespace'>;
  /** Sandboxes that stand ready. */
  readonly replicas: number;
  /** What happens to ready sandboxes when the template changes. @default the API's, OnReplenish */
  readonly updateStrategy?: 'Recreate' | 'OnReplenish';
}

/** Sandboxes that stand ready for claims; see {@link SandboxTemplate}. */
export class SandboxWarmPool extends KubeObject<ISandboxWarmPool> {
  constructor(scope: Construct, id: string, props: SandboxWarmPoolProps) {
    const check = checkAt(scope, id);
    const { template, replicas, updateStrategy } = props;
    const metadata = metadataOf(check, id, props);
    check.sameNamespace('template', `SandboxTemplate ${template.name}`, template.namespace);
    check.integer('replicas', replicas, 0, 2147483647);
    check.done();
    super(scope, id, {
      apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
      kind: 'SandboxWarmPool',
      metadata,
      spec: {
        replicas,
        sandboxTemplateRef: { name: template.name },
        ...(updateStrategy === undefined ? {} : { updateStrategy: { type: updateStrategy } }),
      },
    });
  }
}
