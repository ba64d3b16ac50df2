import type { Construct } from 'constructs';
import type { INamespace } from 'kubernetes-models/v1';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';

/** A level of the Pod Security Standards. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** What Pod Security Admission does with pods below a level. */
export interface PodSecurity {
  /** Refuses them. @default not checked */
  readonly enforce?: PodSecurityLevel;
  /** Warns whoever applies them. @default not checked */
  readonly warn?: PodSecurityLevel;
  /** Writes them to the audit log. @default not checked */
  readonly audit?: PodSecurityLevel;
  /** Version of the standards, such as `v1.34`. @default latest */
  readonly version?: string;
}

/** Props of {@link Namespace}. */
export interface NamespaceProps extends Omit<ObjectProps, 'namespace'> {
  /** @default no label, so the cluster's own default holds */
  readonly podSecurity?: PodSecurity;
}

/**
 * A place for objects.
 *
 * @example
 * new Namespace(chart, 'agents', { podSecurity: { enforce: 'restricted' } });
 */
export class Namespace extends KubeObject<INamespace> {
  constructor(scope: Construct, id: string, props: NamespaceProps = {}) {
    const check = checkAt(scope, id);
    const labels = { ...props.labels, ...podSecurityLabels(props.podSecurity ?? {}) };
    const metadata = metadataOf(check, id, { ...props, labels });
    check.dnsLabel('metadata.name', metadata.name);
    check.done();
    super(scope, id, { apiVersion: 'v1', kind: 'Namespace', metadata });
  }
}

function podSecurityLabels({ version, ...levels }: PodSecurity): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [mode, level] of Object.entries(levels)) {
    labels[`pod-security.kubernetes.io/${mode}`] = level;
    if (version !== undefined) labels[`pod-security.kubernetes.io/${mode}-version`] = version;
  }
  return labels;
}
