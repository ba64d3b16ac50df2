import type { Construct } from 'constructs';
import type { IDaemonSet } from 'kubernetes-models/apps/v1';
import { metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import { type PodProps, podTemplate } from './pod.ts';
import type { Port } from './port.ts';
import { WorkloadObject } from './workload.ts';

/** Props of {@link DaemonSet}. */
export interface DaemonSetProps<P extends Port = Port> extends ObjectProps, PodProps<P> {}

/**
 * One pod on each node, hardened by default.
 *
 * @example
 * new DaemonSet(chart, 'agent', { selector: { app: 'agent' }, containers: [agent] });
 */
export class DaemonSet<P extends Port = never> extends WorkloadObject<IDaemonSet, P> {
  constructor(scope: Construct, id: string, props: DaemonSetProps<P>) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    const pod = podTemplate(check, props);
    check.done();
    const spec = { selector: { matchLabels: { ...props.selector } }, template: pod.template };
    super(scope, id, { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec }, props, pod);
  }
}
