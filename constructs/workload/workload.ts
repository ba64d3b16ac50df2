import type { Construct } from 'constructs';
import { type KubeManifest, KubeObject, type NamedManifest } from '../kube-object.ts';
import type { Labels } from '../labels/labels.ts';
import type { PodGroup } from '../labels/selector.ts';
import type { PodProps, RenderedPod } from './pod.ts';
import type { Port } from './port.ts';

/** Anything that runs pods which listen on the ports `P`. */
export interface Workload<P extends Port = Port> extends PodGroup {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** All labels that its pods carry. */
  readonly podLabels: Labels;
  readonly ports: readonly P[];
}

/** A Kubernetes object that makes pods from a template. */
export abstract class WorkloadObject<M extends KubeManifest, P extends Port>
  extends KubeObject<M>
  implements Workload<P>
{
  readonly podSelector: Labels;
  readonly podLabels: Labels;
  readonly ports: readonly P[];

  constructor(
    scope: Construct,
    id: string,
    manifest: NamedManifest<M>,
    props: PodProps<P>,
    pod: RenderedPod<P>,
  ) {
    super(scope, id, manifest);
    this.podSelector = props.selector;
    this.podLabels = pod.labels;
    this.ports = pod.ports;
  }
}
