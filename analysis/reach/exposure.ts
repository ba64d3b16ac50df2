import { type Inventory, type Labels, type Selector, selects } from '../../inventory/index.ts';
import { hasNoPorts, intersectPorts, type PortSet, subtractPorts } from '../sets/index.ts';
import type { Direction, Matcher, Owner, Peer, Pod } from './model.ts';
import { imaginedPod } from './pods.ts';
import { sampleLabels } from './sample.ts';
import { type ConnectedPorts, connectedPorts, openPorts, type PodClass, type Workload } from './workloads.ts';

/** Pods that are not in the input: any at all, or those that some rule selects. */
export type UnknownPeer =
  | { readonly cluster: true }
  | { readonly namespaceSelector: SelectorText; readonly podSelector: SelectorText };

/** A label selector as manifests write it. */
export interface SelectorText {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface Exposure {
  readonly workload: { readonly workload: Owner };
  readonly peer: UnknownPeer;
  readonly ports: ConnectedPorts;
}

/** To whom workloads are open beyond the pods of the input. */
export interface Exposures {
  readonly egress: readonly Exposure[];
  readonly ingress: readonly Exposure[];
  /** Workloads that no policy isolates in a direction. */
  readonly unprotected: readonly {
    readonly workload: { readonly workload: Owner };
    readonly direction: Direction;
  }[];
}

/** Tells what opens to pods that do not exist yet: to any pod, and to those that a selector waits for. */
export function exposures(workloads: readonly Workload[], inventory: Inventory): Exposures {
  const existing = workloads.flatMap(({ classes }) => classes.map(({ pod }) => pod));
  const awaited = new Map<Matcher, Awaited | undefined>();
  const awaitedOnce = (matcher: Matcher): Awaited | undefined => {
    if (!awaited.has(matcher))
      awaited.set(matcher, matcher.type === 'pods' ? awaitedBy(matcher, existing, inventory) : undefined);
    return awaited.get(matcher);
  };
  const exposed = (direction: Direction): Exposure[] =>
    workloads.flatMap(({ owner, classes }) =>
      openTo(classes, direction, awaitedOnce, inventory).map(({ peer, ports }) => ({
        workload: { workload: owner },
        peer,
        ports: connectedPorts(ports),
      })),
    );
  return {
    egress: exposed('egress'),
    ingress: exposed('ingress'),
    unprotected: workloads.flatMap(({ owner, classes }) =>
      (['ingress', 'egress'] as const)
        .filter((direction) => classes.some((each) => isOpen(each, direction)))
        .map((direction) => ({ workload: { workload: owner }, direction })),
    ),
  };
}

function isOpen({ pod, ...sides }: PodClass, direction: Direction): boolean {
  const { admin, network, baseline } = sides[direction];
  return (
    pod.hostNetwork ||
    (admin.length === 0 && baseline.length === 0 && network.every(({ section }) => !section.isolates))
  );
}

function openTo(
  classes: readonly PodClass[],
  direction: Direction,
  awaitedBy: (matcher: Matcher) => Awaited | undefined,
  inventory: Inventory,
): { peer: UnknownPeer; ports: PortSet }[] {
  const portsTo = (pod: Pod): PortSet => {
    const peer: Peer = { type: 'pod', pod };
    return classes.map((each) => openPorts(each, direction, peer)).reduce(intersectPorts);
  };
  const anywhere = portsTo(imaginedPod(inventory, 'unlisted', {}));
  const found = new Map<string, { peer: UnknownPeer; ports: PortSet }>();
  if (!hasNoPorts(anywhere)) found.set('', { peer: { cluster: true }, ports: anywhere });
  for (const { section } of classes.flatMap((each) => each[direction].network)) {
    for (const matcher of section.rules.flatMap((rule) => rule.peers ?? [])) {
      const awaited = awaitedBy(matcher);
      if (awaited === undefined) continue;
      const ports = portsTo(awaited.pod);
      if (!hasNoPorts(subtractPorts(ports, anywhere)))
        found.set(JSON.stringify(awaited.peer), { peer: awaited.peer, ports });
    }
  }
  return [...found.values()];
}

/** Pods that do not exist yet, and one of them. */
interface Awaited {
  readonly peer: UnknownPeer;
  readonly pod: Pod;
}

/** The pods that a selector means, as selectors, and one that it is content with; undefined where some pod exists. */
function awaitedBy(
  { namespace, namespaces, pods = [] }: Extract<Matcher, { type: 'pods' }>,
  existing: readonly Pod[],
  inventory: Inventory,
): Awaited | undefined {
  const inNamespaces: Selector =
    namespace === undefined
      ? (namespaces ?? [])
      : [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [namespace] }];
  if (existing.some((pod) => selects(inNamespaces, pod.namespaceLabels) && selects(pods, pod.labels)))
    return undefined;
  const namespaceLabels = sampleLabels(inNamespaces);
  const labels = sampleLabels(pods);
  if (namespaceLabels === undefined || labels === undefined) return undefined;
  const name = namespaceLabels['kubernetes.io/metadata.name'] ?? 'unlisted';
  return {
    peer: { namespaceSelector: selectorText(inNamespaces), podSelector: selectorText(pods) },
    pod: {
      ...imaginedPod(inventory, name, labels),
      namespaceLabels: { 'kubernetes.io/metadata.name': name, ...namespaceLabels },
    },
  };
}

function selectorText(selector: Selector): SelectorText {
  const single = selector.filter((each) => each.operator === 'In' && each.values.length === 1);
  const others = selector.filter((each) => !single.includes(each));
  return {
    ...(single.length === 0
      ? {}
      : {
          matchLabels: Object.fromEntries(
            single.map((each) => [each.key, 'values' in each ? (each.values[0] ?? '') : '']),
          ),
        }),
    ...(others.length === 0 ? {} : { matchExpressions: others }),
  };
}
