import type { Json, JsonObject } from '../../core/manifest.ts';
import { groupOf } from '../../core/manifest.ts';
import {
  type InventoryObject,
  isMap,
  type Labels,
  listAt,
  mapAt,
  type PodTemplate,
  pointerSegments,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import { type Blanks, OTHERS } from './go-data.ts';

/** A pod whose identity is asked for: one that runs, or one that will be made from a manifest. */
export interface Subject {
  readonly namespace: string;
  readonly labels: Labels;
  /** Labels that a controller adds; the values are unknown. */
  readonly laterLabels: (key: string) => boolean;
  readonly serviceAccountName: string;
  readonly nodeName: string | undefined;
  readonly uid: string | undefined;
  /** Undefined where a controller gives it. */
  readonly name: string | undefined;
  readonly containerNames: readonly string[];
  /** `metadata` and `spec` of the pod as the API server has them, as far as that is known. */
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
  /** What of them is unknown. */
  readonly metadataBlanks: Blanks | undefined;
  readonly specBlanks: Blanks | undefined;
}

/** Labels that controllers give their pods, by API group and kind. */
const ADDED_LABELS: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['pod-template-hash'],
  'argoproj.io/Rollout': ['rollouts-pod-template-hash'],
  'apps/StatefulSet': [
    'controller-revision-hash',
    'statefulset.kubernetes.io/pod-name',
    'apps.kubernetes.io/pod-index',
  ],
  'apps/DaemonSet': ['controller-revision-hash', 'pod-template-generation'],
};

const JOB_LABELS = [
  'job-name',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
];

/** Fields of a pod's metadata that the API server or its controller writes. */
const SERVER_METADATA = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields'];
const CONTROLLER_METADATA = ['name', 'generateName', 'ownerReferences'];

/** Fields of a pod's spec that admission completes whatever is written, and those of its containers. */
const COMPLETED = ['tolerations', 'volumes', 'imagePullSecrets', 'priority', 'preemptionPolicy', 'overhead'];
const CONTAINER_COMPLETED = ['volumeMounts', 'resources'];

const CONTAINER_BLANKS: Blanks = {
  [OTHERS]: {
    volumeMounts: true,
    resources: true,
    imagePullPolicy: true,
    terminationMessagePath: true,
    terminationMessagePolicy: true,
    ports: { [OTHERS]: { protocol: true } },
  },
};

/** @param template of the pod; a Pod with a UID is taken as it runs. */
export function subjectOf(template: PodTemplate): Subject {
  const { object, namespace, labels } = template;
  const metadata = mapAt(object.manifest, ...pointerSegments(template.path), 'metadata');
  const isPod = object.identity.kind === 'Pod' && groupOf(object.identity.apiVersion) === '';
  const uid = isPod ? textAt(metadata, 'uid') : undefined;
  const serviceAccountName = textAt(template.spec, 'serviceAccountName') ?? 'default';
  const base = {
    namespace,
    labels,
    serviceAccountName,
    nodeName: textAt(template.spec, 'nodeName'),
    uid,
    name: isPod ? textAt(metadata, 'name') : undefined,
    containerNames: listAt(template.spec, 'containers').flatMap((each) => textAt(each, 'name') ?? []),
  };
  if (uid !== undefined)
    return {
      ...base,
      laterLabels: () => false,
      metadata: { ...metadata, namespace },
      spec: { ...template.spec, serviceAccountName },
      metadataBlanks: undefined,
      specBlanks: undefined,
    };
  const added = isPod ? () => false : labelsAddedTo(object);
  return {
    ...base,
    laterLabels: added,
    metadata: pendingMetadata(template, metadata, isPod),
    spec: pendingSpec(template.spec, serviceAccountName),
    metadataBlanks: metadataBlanks(object, isPod),
    specBlanks: specBlanks(object),
  };
}

function labelsAddedTo({ identity }: InventoryObject): (key: string) => boolean {
  const kind = kindOf(identity);
  const added = isJob(kind) ? JOB_LABELS : (ADDED_LABELS[kind] ?? []);
  const sandboxed = !(kind in ADDED_LABELS) && !isJob(kind) && !PLAIN.has(kind);
  return (key) => added.includes(key) || (sandboxed && key.includes('agents.x-k8s.io/'));
}

/** Kinds whose controllers add no label. */
const PLAIN = new Set(['apps/ReplicaSet', '/ReplicationController']);

function kindOf({ apiVersion, kind }: InventoryObject['identity']): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

function isJob(kind: string): boolean {
  return kind === 'batch/Job' || kind === 'batch/CronJob';
}

function pendingMetadata(
  { namespace, labels }: PodTemplate,
  metadata: JsonObject,
  isPod: boolean,
): JsonObject {
  const dropped = isPod ? SERVER_METADATA : [...SERVER_METADATA, ...CONTROLLER_METADATA];
  return { ...without(metadata, dropped), namespace, labels };
}

function metadataBlanks({ identity }: InventoryObject, isPod: boolean): Blanks {
  const kind = kindOf(identity);
  const unknown = isPod ? SERVER_METADATA : [...SERVER_METADATA, ...CONTROLLER_METADATA];
  const blanks = Object.fromEntries(unknown.map((field) => [field, true as const]));
  if (isPod || PLAIN.has(kind)) return blanks;
  const added = isJob(kind) ? JOB_LABELS : ADDED_LABELS[kind];
  const labels = Object.fromEntries((added ?? [OTHERS]).map((key) => [key, true as const]));
  if (added !== undefined && !isJob(kind)) return { ...blanks, labels };
  return { ...blanks, labels, annotations: { [OTHERS]: true }, finalizers: true };
}

/** The pod's spec with the API server's defaults, and without what admission completes. */
function pendingSpec(spec: JsonObject, serviceAccountName: string): JsonObject {
  const containers = (field: string): Json =>
    listAt(spec, field).map((container) =>
      isMap(container) ? without(container, CONTAINER_COMPLETED) : container,
    );
  return {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    enableServiceLinks: true,
    securityContext: {},
    ...without(spec, COMPLETED),
    serviceAccountName,
    serviceAccount: serviceAccountName,
    ...(valueAt(spec, 'containers') !== undefined && { containers: containers('containers') }),
    ...(valueAt(spec, 'initContainers') !== undefined && { initContainers: containers('initContainers') }),
  };
}

function specBlanks({ identity }: InventoryObject): Blanks {
  const kind = kindOf(identity);
  const blanks = Object.fromEntries([...COMPLETED, 'nodeName'].map((field) => [field, true as const]));
  return {
    ...blanks,
    containers: CONTAINER_BLANKS,
    initContainers: CONTAINER_BLANKS,
    ...(kind === 'apps/StatefulSet' && { hostname: true, subdomain: true }),
    ...(kind === 'apps/DaemonSet' && { affinity: true }),
  };
}

function without(map: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([field]) => !fields.includes(field)));
}
