import {
  type Inventory,
  isMap,
  type Labels,
  listAt,
  type PodTemplate,
  podTemplates,
  pointerSegments,
  textAt,
  textMapAt,
} from '../../inventory/index.ts';
import type { Pod } from '../reach/index.ts';

/** How a pod takes part in the mesh. */
export type Dataplane = 'sidecar' | 'ambient' | 'none';

const SYSTEM = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

/**
 * How a pod takes part, as the labels of the pod and its namespace say to injector and CNI plug-in.
 *
 * @returns undefined where its namespace is not in the input, and its own labels do not settle it
 */
export function dataplaneOf(pod: Pod, inventory: Inventory): Dataplane | undefined {
  if (pod.hostNetwork) return 'none';
  const template = templateOf(pod, inventory);
  const annotations = template === undefined ? {} : annotationsOf(template);
  if (template !== undefined && hasProxy(template, annotations)) return 'sidecar';
  const isKnown = inventory.find('', 'Namespace', undefined, pod.namespace) !== undefined;
  const injected = isInjected(pod, annotations, isKnown);
  if (injected === true) return 'sidecar';
  const mode = pod.labels['istio.io/dataplane-mode'];
  if (mode === 'none' && injected === false) return 'none';
  if (mode === 'ambient' && injected === false) return 'ambient';
  if (!isKnown) return undefined;
  return pod.namespaceLabels['istio.io/dataplane-mode'] === 'ambient' && mode === undefined
    ? 'ambient'
    : 'none';
}

function isInjected(pod: Pod, annotations: Labels, isKnown: boolean): boolean | undefined {
  if (SYSTEM.has(pod.namespace)) return false;
  const wish = pod.labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (wish === 'false') return false;
  const { 'istio-injection': injection, 'istio.io/rev': revision } = pod.namespaceLabels;
  if (!isKnown) return undefined;
  if (injection === 'disabled') return false;
  if (injection === 'enabled' || revision !== undefined) return true;
  return pod.labels['sidecar.istio.io/inject'] === 'true' || pod.labels['istio.io/rev'] !== undefined;
}

/** A pod that has the proxy already, written by hand or by injection. */
function hasProxy({ spec }: PodTemplate, annotations: Labels): boolean {
  return (
    'sidecar.istio.io/status' in annotations ||
    ['containers', 'initContainers'].some((field) =>
      listAt(spec, field).some((each) => isMap(each) && textAt(each, 'name') === 'istio-proxy'),
    )
  );
}

/** Annotations by which some ports go around the proxy. */
export function goesAround(pod: Pod, inventory: Inventory): boolean {
  const template = templateOf(pod, inventory);
  return (
    template !== undefined &&
    Object.keys(annotationsOf(template)).some((key) => key.startsWith('traffic.sidecar.istio.io/'))
  );
}

const cache = new WeakMap<Inventory, readonly PodTemplate[]>();

function templateOf(pod: Pod, inventory: Inventory): PodTemplate | undefined {
  const templates = cache.get(inventory) ?? podTemplates(inventory);
  cache.set(inventory, templates);
  return templates.find(({ object, claim, path, namespace }) => {
    const { kind, name } = (claim ?? object).identity;
    if (namespace !== pod.namespace) return false;
    if (pod.name !== undefined) return path === '' && kind === 'Pod' && name === pod.name;
    return kind === pod.owner?.kind && name === pod.owner.name;
  });
}

function annotationsOf({ object, path }: PodTemplate): Labels {
  return textMapAt(object.manifest, ...pointerSegments(path), 'metadata', 'annotations');
}
