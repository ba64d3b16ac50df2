import type { Json, JsonObject, Manifest } from '../core/manifest.ts';
import type { Fault } from './fault.ts';

const TEMPLATE = ['spec', 'template', 'spec'];
const SANDBOX = ['spec', 'podTemplate', 'spec'];

/** Where a kind holds the spec of its pods. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  'v1/Pod': ['spec'],
  'v1/PodTemplate': ['template', 'spec'],
  'v1/ReplicationController': TEMPLATE,
  'apps/v1/DaemonSet': TEMPLATE,
  'apps/v1/Deployment': TEMPLATE,
  'apps/v1/ReplicaSet': TEMPLATE,
  'apps/v1/StatefulSet': TEMPLATE,
  'batch/v1/Job': TEMPLATE,
  'batch/v1/CronJob': ['spec', 'jobTemplate', ...TEMPLATE],
  'agents.x-k8s.io/v1alpha1/Sandbox': SANDBOX,
  'agents.x-k8s.io/v1beta1/Sandbox': SANDBOX,
  'extensions.agents.x-k8s.io/v1alpha1/SandboxTemplate': SANDBOX,
  'extensions.agents.x-k8s.io/v1beta1/SandboxTemplate': SANDBOX,
};

/**
 * @returns a fault where the pods of a manifest have no containers: their schemas let the spec of a pod, and what it
 * lies in, be absent or empty, where the API server does not
 */
export function podFaults(manifest: Manifest): Fault[] {
  const key = `${manifest.apiVersion}/${manifest.kind}`;
  const route = Object.hasOwn(POD_SPECS, key) ? POD_SPECS[key] : undefined;
  if (route === undefined) return [];
  let value: Json | undefined = manifest;
  for (const field of [...route, 'containers']) value = (Object(value) as JsonObject)[field];
  if (value !== undefined && !(Array.isArray(value) && value.length === 0)) return [];
  const path = `/${route.join('/')}/containers`;
  return [{ path, what: 'the pod has no containers', remedy: 'the API server requires at least one' }];
}
