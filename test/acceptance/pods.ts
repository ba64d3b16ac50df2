import type { JsonObject, Manifest } from '../../core/manifest.ts';

/** Where a kind holds the template of its pods. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  SandboxTemplate: ['spec', 'podTemplate'],
  Sandbox: ['spec', 'podTemplate'],
};

/**
 * @returns the Pod that the controller of this object would create, so that admission can be asked about it;
 * undefined for a kind without pods
 */
export function podOf(manifest: Manifest, namespace = manifest.metadata.namespace): Manifest | undefined {
  const steps = TEMPLATES[manifest.kind];
  if (steps === undefined) return undefined;
  let template: JsonObject = manifest;
  for (const step of steps) template = template[step] as JsonObject;
  const { labels, annotations } = (template['metadata'] ?? {}) as JsonObject;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${manifest.metadata.name}-pod`,
      ...(namespace !== undefined && { namespace }),
      ...(labels !== undefined && { labels: labels as Record<string, string> }),
      ...(annotations !== undefined && { annotations: annotations as Record<string, string> }),
    },
    ...(template['spec'] !== undefined && { spec: template['spec'] }),
  };
}
