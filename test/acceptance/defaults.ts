import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject, Manifest } from '../../core/manifest.ts';
import type { CustomResourceDefinition } from './crds.ts';
import type { Difference } from './read-back.ts';

/** A value that the API server sets where nothing is written: `kind` and pointer by pattern. */
interface Addition {
  readonly kind: RegExp;
  readonly path: RegExp;
  /** The documented default; absent where the server chooses, such as an address. */
  readonly values?: readonly Json[];
}

const POD_SPEC = '/spec(?:/template/spec|/jobTemplate/spec/template/spec)?';
const CONTAINER = `${POD_SPEC}/(?:containers|initContainers)/\\d+`;
const PROBE = `${CONTAINER}/(?:startupProbe|livenessProbe|readinessProbe)`;
const WORKLOAD = /^(?:Pod|Deployment|StatefulSet|DaemonSet|Job|CronJob)$/;

/** Defaults of the kinds that the API server itself defines, as its API reference documents them. */
const ADDITIONS: readonly Addition[] = [
  // set by the server on every object
  added(/./, '/metadata/(?:uid|resourceVersion|generation|creationTimestamp|managedFields)'),
  added(/./, '/status'),
  added(/^Namespace$/, '/spec', [{ finalizers: ['kubernetes'] }]),
  added(/^Namespace$/, '/metadata/labels/kubernetes.io~1metadata.name'),
  // pods, wherever their template stands
  added(WORKLOAD, `${POD_SPEC}/dnsPolicy`, ['ClusterFirst']),
  added(WORKLOAD, `${POD_SPEC}/restartPolicy`, ['Always']),
  added(WORKLOAD, `${POD_SPEC}/schedulerName`, ['default-scheduler']),
  added(WORKLOAD, `${POD_SPEC}/securityContext`, [{}]),
  added(WORKLOAD, `${POD_SPEC}/terminationGracePeriodSeconds`, [30]),
  // the deprecated name of serviceAccountName
  added(WORKLOAD, `${POD_SPEC}/serviceAccount`),
  added(WORKLOAD, `${POD_SPEC}/volumes/\\d+/(?:secret|configMap|projected|downwardAPI)/defaultMode`, [420]),
  added(
    WORKLOAD,
    `${POD_SPEC}/volumes/\\d+/projected/sources/\\d+/serviceAccountToken/expirationSeconds`,
    [3600],
  ),
  added(WORKLOAD, `${CONTAINER}/imagePullPolicy`, ['IfNotPresent', 'Always']),
  added(WORKLOAD, `${CONTAINER}/resources`, [{}]),
  added(WORKLOAD, `${CONTAINER}/terminationMessagePath`, ['/dev/termination-log']),
  added(WORKLOAD, `${CONTAINER}/terminationMessagePolicy`, ['File']),
  added(WORKLOAD, `${CONTAINER}/ports/\\d+/protocol`, ['TCP']),
  added(WORKLOAD, `${CONTAINER}/env/\\d+/valueFrom/fieldRef/apiVersion`, ['v1']),
  added(WORKLOAD, `${PROBE}/failureThreshold`, [3]),
  added(WORKLOAD, `${PROBE}/periodSeconds`, [10]),
  added(WORKLOAD, `${PROBE}/(?:successThreshold|timeoutSeconds)`, [1]),
  added(WORKLOAD, `(?:${PROBE}|${CONTAINER}/lifecycle/[a-zA-Z]+)/httpGet/scheme`, ['HTTP']),
  // controllers of pods
  added(/^(?:Deployment|StatefulSet)$/, '/spec/replicas', [1]),
  added(/^(?:Deployment|StatefulSet|DaemonSet)$/, '/spec/revisionHistoryLimit', [10]),
  added(/^Deployment$/, '/spec/progressDeadlineSeconds', [600]),
  added(/^Deployment$/, '/spec/strategy', [
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
  ]),
  added(/^Deployment$/, '/spec/strategy/rollingUpdate/max(?:Surge|Unavailable)', ['25%']),
  added(/^StatefulSet$/, '/spec/podManagementPolicy', ['OrderedReady']),
  added(/^Job$/, '/spec/backoffLimit', [6]),
  added(/^Job$/, '/spec/(?:completions|parallelism)', [1]),
  added(/^Job$/, '/spec/completionMode', ['NonIndexed']),
  added(/^Job$/, '/spec/podReplacementPolicy', ['TerminatingOrFailed']),
  added(/^Job$/, '/spec/(?:suspend|manualSelector)', [false]),
  // by which the Job finds its pods: its own uid and name
  added(/^Job$/, '/spec/selector'),
  added(/^Job$/, '/metadata/labels'),
  added(/^Job$/, '/spec/template/metadata/labels/(?:batch\\.kubernetes\\.io~1)?(?:controller-uid|job-name)'),
  added(/^CronJob$/, '/spec/concurrencyPolicy', ['Allow']),
  added(/^CronJob$/, '/spec/suspend', [false]),
  added(/^CronJob$/, '/spec/successfulJobsHistoryLimit', [3]),
  added(/^CronJob$/, '/spec/failedJobsHistoryLimit', [1]),
  added(/^HorizontalPodAutoscaler$/, '/spec/behavior/scale(?:Up|Down)/selectPolicy', ['Max']),
  // network
  added(/^Service$/, '/spec/(?:clusterIP|clusterIPs|ipFamilies)'),
  added(/^Service$/, '/spec/ipFamilyPolicy', ['SingleStack']),
  added(/^Service$/, '/spec/internalTrafficPolicy', ['Cluster']),
  added(/^Service$/, '/spec/sessionAffinity', ['None']),
  added(/^Service$/, '/spec/type', ['ClusterIP']),
  added(/^Service$/, '/spec/ports/\\d+/protocol', ['TCP']),
  added(/^NetworkPolicy$/, '/spec/(?:ingress|egress)/\\d+/ports/\\d+/protocol', ['TCP']),
  // storage and access
  added(/^PersistentVolumeClaim$/, '/metadata/finalizers', [['kubernetes.io/pvc-protection']]),
  added(/^PersistentVolumeClaim$/, '/spec/volumeMode', ['Filesystem']),
  added(/^StorageClass$/, '/reclaimPolicy', ['Delete']),
  added(/^StorageClass$/, '/volumeBindingMode', ['Immediate']),
  added(/^(?:Cluster)?RoleBinding$/, '/(?:roleRef|subjects/\\d+)/apiGroup', ['rbac.authorization.k8s.io']),
];

/**
 * Fields that mean the same written empty and not at all, and that the server leaves out: a NetworkPolicy with the type
 * Ingress and no ingress rules allows nothing in, either way.
 */
const EMPTY_IS_ABSENT: readonly Pick<Addition, 'kind' | 'path'>[] = [
  added(/^NetworkPolicy$/, '/spec/(?:ingress|egress)'),
];

/** @returns whether the server may add this: it is documented, or the default of the kind's CRD. */
export function isDefault(
  manifest: Manifest,
  { path, read }: Difference,
  crds: readonly CustomResourceDefinition[],
): boolean {
  const documented = ADDITIONS.some(
    (addition) =>
      addition.kind.test(manifest.kind) &&
      addition.path.test(path) &&
      (addition.values === undefined || addition.values.some((value) => isDeepStrictEqual(value, read))),
  );
  return documented || isCrdDefault(manifest, path, read, crds);
}

/** @returns whether the difference says nothing: an empty list left out. */
export function isEmptyLeftOut({ kind }: Manifest, { path, written, read }: Difference): boolean {
  const empty = typeof written === 'object' && written !== null && Object.keys(written).length === 0;
  return (
    empty && read === undefined && EMPTY_IS_ABSENT.some((one) => one.kind.test(kind) && one.path.test(path))
  );
}

function added(kind: RegExp, path: string, values?: readonly Json[]): Addition {
  return { kind, path: new RegExp(`^${path}$`), ...(values !== undefined && { values }) };
}

function isCrdDefault(
  { apiVersion, kind }: Manifest,
  path: string,
  read: Json | undefined,
  crds: readonly CustomResourceDefinition[],
): boolean {
  const crd = crds.find(({ spec }) => apiVersion.startsWith(`${spec.group}/`) && spec.names.kind === kind);
  const version = crd?.spec.versions.find(({ name }) => apiVersion.endsWith(`/${name}`));
  let schema: JsonObject | undefined = version?.schema.openAPIV3Schema;
  for (const key of path.split('/').slice(1)) {
    const properties = schema?.['properties'] as JsonObject | undefined;
    const next: Json | undefined = properties?.[key] ?? schema?.['items'] ?? schema?.['additionalProperties'];
    schema =
      typeof next === 'object' && next !== null && !Array.isArray(next) ? (next as JsonObject) : undefined;
  }
  return schema?.['default'] !== undefined && isDeepStrictEqual(schema['default'], read);
}
