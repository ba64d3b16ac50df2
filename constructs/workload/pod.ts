import type { IPodSpec, IPodTemplateSpec } from 'kubernetes-models/v1';
import { defined } from '../defined.ts';
import type { ServiceAccount } from '../identity/service-account.ts';
import type { Labels } from '../labels/labels.ts';
import type { ExternalSecretRef } from '../secrets/external-secret.ts';
import type { Check } from '../validate/check.ts';
import { type Container, containerManifest, type InitContainer } from './container.ts';
import { type Port, portText } from './port.ts';
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
  const { containers, initContainers = [], serviceAccount, loosen = {}, runAs } = props;
  const labels = { ...props.selector, ...props.podLabels, ...serviceAccount?.podLabels };
  check.that(Object.keys(props.selector).length > 0, 'selector', 'is empty', 'name at least one label');
  check.labels('selector', props.selector);
  check.labels('podLabels', labels);
  for (const [key, value] of Object.entries(props.selector)) {
    check.that(
      labels[key] === value,
      `podLabels[${key}]`,
      `differs from the selector's ${value}`,
      'leave it out',
    );
  }
  if (serviceAccount !== undefined) {
    check.sameNamespace('serviceAccount', `ServiceAccount ${serviceAccount.name}`, serviceAccount.namespace);
  }
  if (loosen.root !== 'allowed') checkUser(check, props);
  const ports = containers.flatMap((container) => container.ports ?? []);
  checkPorts(check, ports);
  const volumes = podVolumes(check, [...containers, ...initContainers]);
  const ownVolumes = volumes.filter((volume) => volume.ownStorage !== undefined);
  for (const { name } of ownStorage ? [] : ownVolumes) {
    check.add(
      'containers',
      `volume ${name} is one pod's own storage`,
      'use a StatefulSet, or Volume.persistent',
    );
  }
  const shared = volumes.filter((volume) => volume.ownStorage === undefined);
  const declared = volumes.map((volume) => volume.podAnnotations);
  const annotations: Record<string, string> = Object.assign({}, ...declared, props.podAnnotations);
  check.annotations('podAnnotations', annotations);
  checkContainerNames(check, [...containers, ...initContainers]);
  const spec = defined<IPodSpec>({
    restartPolicy,
    serviceAccountName: serviceAccount?.name,
    automountServiceAccountToken: token(loosen),
    runtimeClassName: props.runtimeClass,
    priorityClassName: props.priorityClass,
    affinity: props.affinity,
    tolerations: props.tolerations && [...props.tolerations],
    nodeSelector: props.nodeSelector && { ...props.nodeSelector },
    topologySpreadConstraints: props.topologySpread?.map((spread) =>
      topologySpreadManifest(spread, props.selector),
    ),
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds,
    dnsPolicy: props.dnsPolicy,
    enableServiceLinks: props.enableServiceLinks,
    imagePullSecrets: props.imagePullSecrets?.map(({ name }) => ({ name })),
    hostNetwork: loosen.hostNetwork === 'shared' ? true : undefined,
    hostPID: loosen.hostPID === 'shared' ? true : undefined,
    securityContext: podSecurity(runAs, loosen),
    initContainers:
      initContainers.length === 0 ? undefined : initContainers.map((init) => containerManifest(check, init)),
    containers: containers.map((container) => containerManifest(check, container)),
    volumes: shared.length === 0 ? undefined : shared.map(({ name, source }) => ({ name, ...source })),
  });
  const metadata = { labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  return { template: { metadata, spec }, labels, ports, ownVolumes };
}

function token({ serviceAccountToken }: PodLoosening): boolean | undefined {
  if (serviceAccountToken === undefined) return false;
  return serviceAccountToken === 'mounted' ? true : undefined;
}

function checkUser(check: Check, { runAs, containers, initContainers = [] }: PodProps): void {
  const remedy = "use another user, or say loosen: { root: 'allowed' }";
  check.that(runAs?.user !== 0, 'runAs.user', '0 is root', remedy);
  for (const { name, security } of [...containers, ...initContainers]) {
    check.that(security?.runAsUser !== 0, `container ${name}: security.runAsUser`, '0 is root', remedy);
  }
}

function checkPorts(check: Check, ports: readonly Port[]): void {
  for (const [index, port] of ports.entries()) {
    const clash = ports
      .slice(0, index)
      .find(
        (other) =>
          other.name === port.name || (other.number === port.number && other.protocol === port.protocol),
      );
    if (clash !== undefined) {
      const what = `${portText(port)} and ${portText(clash)} share a name or a number`;
      check.add('containers', what, 'the containers of a pod share one network: give each port its own');
    }
  }
}

function checkContainerNames(check: Check, containers: readonly { readonly name: string }[]): void {
  const names = containers.map(({ name }) => name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    check.add('containers', `two containers are named ${JSON.stringify(name)}`, 'give each its own name');
  }
}

/** The volumes that containers mount, each once, in the order of their first mount. */
function podVolumes(check: Check, containers: readonly Pick<Container, 'mounts'>[]): Volume[] {
  const volumes = new Map<string, Volume>();
  for (const { volume } of containers.flatMap(({ mounts = [] }) => mounts)) {
    const { name, object } = volume;
    const known = volumes.get(name);
    if (known === undefined) {
      check.dnsLabel(`volume ${JSON.stringify(name)}`, name);
      if (object !== undefined)
        check.sameNamespace(`volume ${name}`, `${object.kind} ${object.name}`, object.metadata.namespace);
      volumes.set(name, volume);
    } else if (known.ownStorage !== volume.ownStorage || !sameSource(known, volume)) {
      const what = `two different volumes are named ${JSON.stringify(name)}`;
      check.add('containers', what, 'declare the volume once and mount that');
    }
  }
  return [...volumes.values()];
}

function sameSource(a: Volume, b: Volume): boolean {
  return JSON.stringify(a.source) === JSON.stringify(b.source);
}
