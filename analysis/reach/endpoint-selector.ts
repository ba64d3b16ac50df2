import type { JsonObject } from '../../core/manifest.ts';
import { type Labels, type Selector, selects } from '../../inventory/index.ts';
import type { Pod } from './model.ts';
import { Refused, selectorOf } from './refused.ts';

type Requirement = Selector[number];

/** Key under which Cilium keeps a pod's namespace among its labels. */
const NAMESPACE_KEY = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';
const CLUSTER_KEY = 'io.cilium.k8s.policy.cluster';
const SERVICE_ACCOUNT_KEY = 'io.cilium.k8s.policy.serviceaccount';

/** Where a label comes from; `any` where the selector leaves it open. */
type Source = 'any' | 'k8s' | 'reserved' | 'other';

/** A Cilium endpoint selector: conditions on labels that name their source. */
export type EndpointSelector = readonly { readonly source: Source; readonly requirement: Requirement }[];

/**
 * Reads the selector of a peer.
 *
 * @param namespace of the policy, to which a selector without a word on namespaces is limited; undefined for a
 *   clusterwide policy, where it means the pods of every namespace
 * @throws Refused
 */
export function peerSelector(selector: JsonObject, namespace: string | undefined): EndpointSelector {
  const conditions = endpointSelector(selector);
  if (conditions.some(({ source, requirement }) => source === 'reserved' || saysNamespace(requirement.key)))
    return conditions;
  const key = NAMESPACE_KEY;
  const requirement: Requirement =
    namespace === undefined ? { key, operator: 'Exists' } : { key, operator: 'In', values: [namespace] };
  return [...conditions, { source: 'k8s', requirement }];
}

/**
 * Reads the selector of the pods that a policy applies to.
 *
 * @param namespace of the policy; it cannot reach beyond, whatever it says
 * @throws Refused
 */
export function subjectSelector(selector: JsonObject, namespace: string | undefined): EndpointSelector {
  const conditions = endpointSelector(selector);
  if (namespace === undefined) return conditions;
  return [
    ...conditions.filter(
      ({ source, requirement }) => !(source === 'k8s' && requirement.key === NAMESPACE_KEY),
    ),
    { source: 'k8s', requirement: { key: NAMESPACE_KEY, operator: 'In', values: [namespace] } },
  ];
}

function endpointSelector(value: JsonObject): EndpointSelector {
  const selector: Selector | undefined = selectorOf({ selector: value }, 'selector');
  if (selector === undefined) throw new Refused('an endpoint selector is missing');
  return selector.map((requirement) => {
    const [, prefix, key = ''] = /^(?:([^:]*):)?([\s\S]*)$/.exec(requirement.key) ?? [];
    return { source: sourceOf(prefix), requirement: { ...requirement, key } };
  });
}

function sourceOf(prefix: string | undefined): Source {
  if (prefix === undefined || prefix === 'any' || prefix === '') return 'any';
  return prefix === 'k8s' || prefix === 'reserved' ? prefix : 'other';
}

function saysNamespace(key: string): boolean {
  return key === NAMESPACE_KEY || key.startsWith(NAMESPACE_LABELS);
}

/** @returns whether a selector matches a pod. */
export function selectsPod(selector: EndpointSelector, pod: Pod, clusterName: string): boolean {
  return selector.every(({ source, requirement }) => {
    const value =
      source === 'any' || source === 'k8s' ? labelOf(pod, requirement.key, clusterName) : undefined;
    return holds(requirement, value);
  });
}

/** @returns whether a selector matches an identity that has nothing but reserved labels, such as `world`. */
export function selectsReserved(selector: EndpointSelector, reserved: readonly string[]): boolean {
  return selector.every(({ source, requirement }) => {
    const value =
      (source === 'any' || source === 'reserved') && reserved.includes(requirement.key) ? '' : undefined;
    return holds(requirement, value);
  });
}

/** @returns labels of pods and of their namespace, and the namespace, that a selector is content with. */
export function sampleOf(selector: EndpointSelector): {
  namespace: string;
  namespaceLabels: Labels;
  labels: Labels;
} {
  const labels: Record<string, string> = {};
  const namespaceLabels: Record<string, string> = {};
  let namespace = 'default';
  for (const { requirement } of selector) {
    const { key } = requirement;
    if (requirement.operator === 'NotIn' || requirement.operator === 'DoesNotExist') continue;
    const value = requirement.operator === 'In' ? (requirement.values[0] ?? '') : '';
    if (key === NAMESPACE_KEY) namespace = value === '' ? 'default' : value;
    else if (key.startsWith(NAMESPACE_LABELS)) namespaceLabels[key.slice(NAMESPACE_LABELS.length)] = value;
    else labels[key] = value;
  }
  return { namespace, namespaceLabels, labels };
}

function labelOf(pod: Pod, key: string, clusterName: string): string | undefined {
  if (key === NAMESPACE_KEY) return pod.namespace;
  if (key === CLUSTER_KEY) return clusterName;
  if (key === SERVICE_ACCOUNT_KEY) return pod.serviceAccount;
  const [labels, name] = key.startsWith(NAMESPACE_LABELS)
    ? [pod.namespaceLabels, key.slice(NAMESPACE_LABELS.length)]
    : [pod.labels, key];
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

function holds(requirement: Requirement, value: string | undefined): boolean {
  return selects([requirement], value === undefined ? {} : { [requirement.key]: value });
}
