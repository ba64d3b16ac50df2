import type { Construct } from 'constructs';
import type { ISandboxTemplate } from '../../api/agent-sandbox.ts';
import { defined } from '../defined.ts';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import { type PodProps, podTemplate } from '../workload/pod.ts';
import type { Port } from '../workload/port.ts';
import { WorkloadObject } from '../workload/workload.ts';

type Spec = ISandboxTemplate['spec'];

/** Props of {@link SandboxTemplate}. */
export interface SandboxTemplateProps<P extends Port = Port> extends ObjectProps, PodProps<P> {
  /** The served version to write; their fields are the same. @default v1beta1, the stored one */
  readonly apiVersion?: 'v1beta1' | 'v1alpha1';
  /** @default Never */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  /**
   * Whether a claim may set environment variables; one that does gets a cold pod.
   * @default Disallowed
   */
  readonly envVarsInjectionPolicy?: 'Allowed' | 'Overrides' | 'Disallowed';
  /**
   * Who makes the sandboxes' NetworkPolicy. The API's own default, `Managed` without rules, lets pods out to
   * every public address, whatever other policies say, and takes their DNS away from the cluster; so
   * `Managed` needs explicit rules here.
   * @default Unmanaged
   */
  readonly networkPolicyManagement?: 'Unmanaged' | { readonly managed: NonNullable<Spec['networkPolicy']> };
  /** Whether each sandbox gets a Service. @default false */
  readonly service?: boolean;
}

/**
 * A pod shape for sandboxes, hardened by default.
 *
 * @example
 * const template = new SandboxTemplate(chart, 'sandbox', {
 *   selector: { app: 'sandbox' },
 *   runtimeClass: 'kata-vm-isolation',
 *   containers: [{ name: 'sandbox', image: 'registry.example/sandbox:1.4.2', resources }],
 * });
 * const pool = new SandboxWarmPool(chart, 'sandbox-pool', { name: 'sandbox', template, replicas: 3 });
 */
export class SandboxTemplate<P extends Port = never> extends WorkloadObject<ISandboxTemplate, P> {
  constructor(scope: Construct, id: string, props: SandboxTemplateProps<P>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const pod = podTemplate(check, props, { restartPolicy: props.restartPolicy ?? 'Never' });
    check.done();
    const network = props.networkPolicyManagement ?? 'Unmanaged';
    const spec = defined<Spec>({
      podTemplate: pod.template,
      networkPolicyManagement: network === 'Unmanaged' ? 'Unmanaged' : 'Managed',
      networkPolicy: network === 'Unmanaged' ? undefined : network.managed,
      envVarsInjectionPolicy: props.envVarsInjectionPolicy ?? 'Disallowed',
      service: props.service,
    });
    const apiVersion = `extensions.agents.x-k8s.io/${props.apiVersion ?? 'v1beta1'}` as const;
    super(scope, id, { apiVersion, kind: 'SandboxTemplate', metadata, spec }, props, pod);
  }
}
