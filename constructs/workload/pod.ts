import type { IPodSpec, IPodTemplateSpec } from 'kubernetes-models/v1';
import { defined, type Sparse } from '../defined.ts';
import type { ServiceAccount } from '../identity/service-account.ts';
import type { Labels } from '../labels/labels.ts';
import type { ExternalSecretRef } from '../secrets/external-secret.ts';
import type { Check } from '../validate/check.ts';
import { type Container, containerManifest, type InitContainer } from './container.ts';
import { checkPod, mountedVolumes } from './pod-checks.ts';
import type { Port } from './port.ts';
import { type Affinity, type Toleration, type TopologySpread, topologySpreadManifest } from './scheduling.ts';
import { type PodLoosening, podSecurity, type RunAs } from './security.ts';
import type { Volume } from './volume.ts';

/** What every pod can be told, whatever makes it; `P` are the ports of its containers. */
export interface PodProps<P extends Port = Port> {
  /** Labels by which selectors find the pods; pods always carry them, and they cannot change later. */
  readonly selector: Labels;
  /** Further labels of the pods. @default none */
  readonly podLabels?: Labels;
  /** @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly containers: readonly [Container<P>, ...Container<P>[]];
  /** Run before the others, in order. @default none */
  readonly initContainers?: readonly InitContainer[];
  /** @default the namespace's `default` account */
  readonly serviceAccount?: ServiceAccount;
  /** @default the image's user, which must not be root */
  readonly runAs?: RunAs;
  /** What the pod gives up of the hardened default. @default nothing */
  readonly loosen?: PodLoosening;
  /** Runtime that isolates the pod, such as one of virtual machines. @default the node's */
  readonly runtimeClass?: string;
  /** @default anywhere */
  readonly affinity?: Affinity;
  /** @default none */
  readonly tolerations?: readonly Toleration[];
  /** @default any node */
  readonly nodeSelector?: Labels;
  /** @default the cluster's */
  readonly topologySpread?: readonly TopologySpread[];
  /** Seconds between the request to stop and the kill. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
  /** @default none */
  readonly priorityClass?: string;
  /** @default ClusterFirst */
  readonly dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  /** Whether Services appear as environment variables. @default true */
  readonly enableServiceLinks?: boolean;
  /** Secrets for the image registry. @default none */
  readonly imagePullSecrets?: readonly ExternalSecretRef[];
}

/** A pod template and what others need to know of it. */
export interface RenderedPod<P extends Port> {
  readonly template: IPodTemplateSpec & {
    readonly metadata: { readonly labels: Labels };
    readonly spec: IPodSpec;
  };
  readonly labels: Labels;
  readonly ports: readonly P[];
  /** Volumes that each pod gets for itself. */
  readonly ownVolumes: readonly Volume[];
}

/** What a kind of workload lets its pods do. */
export interface PodOptions {
  /** @default left out, which the API takes for Always */
  readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  /** Whether pods can have storage of their own. @default false */
  readonly ownStorage?: boolean;
}

/**
 * Renders a pod with the hardened default: no root, no token for the cluster's API, seccomp on, and per
 * container no escalation, no capabilities and a read-only root.
 */
export function podTemplate<P extends Port>(
  check: Check,
  props: PodProps<P>,
  { restartPolicy, ownStorage = false }: PodOptions = {},
): RenderedPod<P> {
  const { containers, initContainers = [] } = props;
  const labels = { ...props.selector, ...props.podLabels, ...props.serviceAccount?.podLabels };
  const volumes = mountedVolumes([...containers, ...initContainers]);
  const declared = volumes.map((volume) => volume.podAnnotations);
  const annotations: Record<string, string> = Object.assign({}, ...declared, props.podAnnotations);
  checkPod(check, props, { labels, annotations, volumes, ownStorage });
  const ownVolumes = volumes.filter((volume) => volume.ownStorage !== undefined);
  const shared = volumes.filter((volume) => volume.ownStorage === undefined);
  const spec = defined<IPodSpec>({
    ...placement(props),
    ...identity(props),
    restartPolicy,
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
    dnsPolicy: props.dnsPolicy,
    enableServiceLinks: props.enableServiceLinks,
    imagePullSecrets: props.imagePullSecrets?.map(({ name }) => ({ name })),
    initContainers: list(initContainers.map((init) => containerManifest(check, init))),
    containers: containers.map((container) => containerManifest(check, container)),
    volumes: list(shared.map(({ name, source }) => ({ name, ...source }))),
  });
  const metadata = { labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  const ports = containers.flatMap((container) => container.ports ?? []);
  return { template: { metadata, spec }, labels, ports, ownVolumes };
}

function list<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function placement(props: PodProps): Sparse<Partial<IPodSpec>> {
  return {
    runtimeClassName: props.runtimeClass,
    priorityClassName: props.priorityClass,
    affinity: props.affinity,
    tolerations: props.tolerations && [...props.tolerations],
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    topologySpreadConstraints: props.topologySpread?.map((spread) =>
      topologySpreadManifest(spread, props.selector),
    ),
  };
}

function identity({ serviceAccount, runAs, loosen = {} }: PodProps): Sparse<Partial<IPodSpec>> {
  const token = { mounted: true, unspecified: undefined };
  return {
    serviceAccountName: serviceAccount?.name,
    automountServiceAccountToken:
      loosen.serviceAccountToken === undefined ? false : token[loosen.serviceAccountToken],
    hostNetwork: loosen.hostNetwork === 'shared' ? true : undefined,
    hostPID: loosen.hostPID === 'shared' ? true : undefined,
    securityContext: podSecurity(runAs, loosen),
  };
}
