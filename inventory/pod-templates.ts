import { groupOf, type JsonObject } from '../core/manifest.ts';
import { isMap, listAt, mapAt, textAt, textMapAt, valueAt } from './json.ts';
import type { Labels } from './label-selector.ts';
import type { Inventory, InventoryObject } from './model.ts';
import { pointerOf } from './position.ts';

/** Pods that an object is, or that a controller makes from it. */
export interface PodTemplate {
  /** The object that holds the template. */
  readonly object: InventoryObject;
  /** JSON pointer of the template; `''` where the object is the pod itself. */
  readonly path: string;
  /** JSON pointer of the pod spec. */
  readonly specPath: string;
  /** Where the pods run; `default` where the object names no namespace. */
  readonly namespace: string;
  /** Labels that the pods carry from the template. */
  readonly labels: Labels;
  /** As written; its fields are of unknown shape. */
  readonly spec: JsonObject;
  /** Pods at a time, undefined where the cluster decides: one a node, or one a request. */
  readonly replicas: number | undefined;
  /** The SandboxClaim whose labels these pods carry as well; the template stands for itself once more without it. */
  readonly claim?: InventoryObject;
}

/** Pods that pools keep warm, by namespace and name of the template. */
type PoolSizes = ReadonlyMap<string, number>;

interface Shape {
  /** API group and kind. */
  readonly kind: string;
  readonly template: readonly string[];
  /** Below the template. @default metadata, labels */
  readonly labels?: readonly string[];
  readonly replicas: (object: InventoryObject, pools: PoolSizes) => number | undefined;
}

const AGENT_SANDBOX = 'extensions.agents.x-k8s.io';

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  (
    [
      { kind: '/Pod', template: [], replicas: () => 1 },
      ...[
        'apps/Deployment',
        'apps/ReplicaSet',
        'apps/StatefulSet',
        '/ReplicationController',
        'argoproj.io/Rollout',
      ].map((kind) => ({ kind, template: ['spec', 'template'], replicas: count('replicas') })),
      { kind: 'apps/DaemonSet', template: ['spec', 'template'], replicas: () => undefined },
      { kind: 'batch/Job', template: ['spec', 'template'], replicas: count('parallelism') },
      {
        kind: 'batch/CronJob',
        template: ['spec', 'jobTemplate', 'spec', 'template'],
        replicas: count('jobTemplate', 'spec', 'parallelism'),
      },
      { kind: 'agents.x-k8s.io/Sandbox', template: ['spec', 'podTemplate'], replicas: sandboxReplicas },
      {
        kind: `${AGENT_SANDBOX}/SandboxTemplate`,
        template: ['spec', 'podTemplate'],
        replicas: pooledReplicas,
      },
      {
        kind: 'runtime.agentcube.volcano.sh/AgentRuntime',
        template: ['spec', 'podTemplate'],
        labels: ['labels'],
        replicas: () => undefined,
      },
    ] satisfies Shape[]
  ).map((shape) => [shape.kind, shape]),
);

/** @returns the pods of every workload kind, in input order, those that controllers make at run time included. */
export function podTemplates(inventory: Inventory): PodTemplate[] {
  const pools = poolSizes(inventory);
  return inventory.objects.flatMap((object) => {
    const template = templateOf(object, pools);
    if (template !== undefined) return [template];
    const claimed = claimedTemplate(object, inventory, pools);
    return claimed === undefined ? [] : [claimed];
  });
}

function templateOf(object: InventoryObject, pools: PoolSizes): PodTemplate | undefined {
  const { apiVersion, kind, namespace } = object.identity;
  const shape = SHAPES.get(`${groupOf(apiVersion)}/${kind}`);
  if (shape === undefined) return undefined;
  const spec = valueAt(object.manifest, ...shape.template, 'spec');
  if (!isMap(spec)) return undefined;
  return {
    object,
    path: pointerOf(...shape.template),
    specPath: pointerOf(...shape.template, 'spec'),
    namespace: namespace ?? 'default',
    labels: textMapAt(object.manifest, ...shape.template, ...(shape.labels ?? ['metadata', 'labels'])),
    spec,
    replicas: shape.replicas(object, pools),
  };
}

/** A claim of version v1beta1 names a pool, one of v1alpha1 the template; its labels come on top of the template's. */
function claimedTemplate(
  claim: InventoryObject,
  inventory: Inventory,
  pools: PoolSizes,
): PodTemplate | undefined {
  const { apiVersion, kind, namespace } = claim.identity;
  if (groupOf(apiVersion) !== AGENT_SANDBOX || kind !== 'SandboxClaim') return undefined;
  const pool = textAt(claim.manifest, 'spec', 'warmPoolRef', 'name');
  const named =
    pool === undefined
      ? textAt(claim.manifest, 'spec', 'sandboxTemplateRef', 'name')
      : textAt(
          inventory.find(AGENT_SANDBOX, 'SandboxWarmPool', namespace, pool)?.manifest,
          'spec',
          'sandboxTemplateRef',
          'name',
        );
  const object =
    named === undefined ? undefined : inventory.find(AGENT_SANDBOX, 'SandboxTemplate', namespace, named);
  const template = object === undefined ? undefined : templateOf(object, pools);
  if (template === undefined) return undefined;
  const labels = {
    ...template.labels,
    ...textMapAt(claim.manifest, 'spec', 'additionalPodMetadata', 'labels'),
  };
  return { ...template, labels, replicas: 1, claim };
}

function count(...path: readonly string[]): Shape['replicas'] {
  return ({ manifest }) => {
    const value = valueAt(manifest, 'spec', ...path);
    return typeof value === 'number' ? value : 1;
  };
}

function sandboxReplicas(object: InventoryObject): number {
  if (valueAt(object.manifest, 'spec', 'operatingMode') === 'Suspended') return 0;
  const replicas = valueAt(object.manifest, 'spec', 'replicas');
  return typeof replicas === 'number' ? replicas : 1;
}

/** A template without a pool makes pods when they are claimed. */
function pooledReplicas(object: InventoryObject, pools: PoolSizes): number | undefined {
  return pools.get(poolKey(object.identity.namespace, object.identity.name));
}

function poolSizes(inventory: Inventory): PoolSizes {
  const sizes = new Map<string, number>();
  for (const { identity, manifest } of inventory.ofKind('SandboxWarmPool', AGENT_SANDBOX)) {
    const template = textAt(manifest, 'spec', 'sandboxTemplateRef', 'name');
    const size = valueAt(manifest, 'spec', 'replicas');
    if (template === undefined) continue;
    const key = poolKey(identity.namespace, template);
    sizes.set(key, (sizes.get(key) ?? 0) + (typeof size === 'number' ? size : 0));
  }
  return sizes;
}

function poolKey(namespace: string | undefined, template: string): string {
  return `${namespace ?? 'default'}/${template}`;
}

/** @returns every container of a pod, init and ephemeral ones included, with its JSON pointer. */
export function* containersOf(template: PodTemplate): Generator<{ container: JsonObject; path: string }> {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const [index, container] of listAt(template.spec, list).entries()) {
      if (isMap(container))
        yield { container: mapAt(container), path: `${template.specPath}${pointerOf(list, index)}` };
    }
  }
}
