import { add, change, type Mutations, remove, together } from './mutation.ts';

const API = 'Deployment agentweaver-api';
const FRONTEND = 'Deployment agentweaver-frontend';
const MCP = 'Deployment agentweaver-mcp';
const WORKER = 'Deployment agentweaver-worker';
const JOB = 'Job ef-migrate-postgres';
const POD = '/spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

/** The limit range gives containers what they leave out. */
const WITHOUT_DEFAULTS = remove('LimitRange agentweaver-default-limits');

export const WORKLOAD: Mutations = {
  'workload-autoscaler-requests': together(
    WITHOUT_DEFAULTS,
    change(
      WORKER,
      { [`${CONTAINER}/resources`]: {} },
      { blames: 'HorizontalPodAutoscaler agentweaver-worker-hpa' },
    ),
  ),
  'workload-capabilities-added': change(API, {
    [`${CONTAINER}/securityContext/capabilities/add`]: ['SYS_ADMIN'],
  }),
  'workload-capabilities-dropped': change(API, { [`${CONTAINER}/securityContext/capabilities`]: undefined }),
  'workload-container-name-unique': change(API, { [`${POD}/initContainers/0/name`]: 'agentweaver-api' }),
  'workload-containers': change(API, { [`${POD}/containers`]: [] }),
  'workload-cron-job-concurrency': add({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'sweep', namespace: 'agentweaver' },
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: { spec: { template: { spec: { containers: [{ name: 'sweep', image: 'sweep' }] } } } },
    },
  }),
  'workload-default-service-account': change(FRONTEND, { [`${POD}/automountServiceAccountToken`]: true }),
  'workload-disruption-budget': remove('PodDisruptionBudget agentweaver-api-pdb', { blames: API }),
  'workload-disruption-budget-allows': change('PodDisruptionBudget agentweaver-api-pdb', {
    '/spec/minAvailable': 2,
  }),
  'workload-duplicate-env': change(MCP, {
    [`${CONTAINER}/env/-`]: { name: 'AGENTWEAVER_API_URL', value: '/a' },
  }),
  'workload-duplicate-port': change(API, {
    [`${CONTAINER}/ports/-`]: { name: 'again', containerPort: 8080, protocol: 'TCP' },
  }),
  'workload-empty-dir-limit': change(API, { [`${POD}/volumes/-`]: { name: 'scratch', emptyDir: {} } }),
  'workload-env-reference': change(MCP, {
    [`${CONTAINER}/env/-`]: { name: 'URL', value: 'http://$(MISSING)/' },
  }),
  'workload-grace-period': change(WORKER, { [`${POD}/terminationGracePeriodSeconds`]: 30 }),
  'workload-host-namespaces': change(API, { [`${POD}/hostPID`]: true }),
  'workload-host-path': change(API, { [`${POD}/volumes/-`]: { name: 'etc', hostPath: { path: '/etc' } } }),
  'workload-host-port': change(API, { [`${CONTAINER}/ports/0/hostPort`]: 8080 }),
  'workload-image-pinned': change(API, {
    [`${CONTAINER}/image`]: 'agentweaverregistry.azurecr.io/agentweaver-api:latest',
  }),
  'workload-image-registry': change(API, { [`${CONTAINER}/image`]: 'agentweaver-api:v1.0.0' }),
  'workload-job-deadline': change(JOB, { '/spec/activeDeadlineSeconds': undefined }),
  'workload-liveness-after-readiness': change(API, {
    [`${CONTAINER}/livenessProbe`]: { httpGet: { path: '/ping', port: 8080 } },
    [`${CONTAINER}/readinessProbe`]: { httpGet: { path: '/ping', port: 8080 } },
  }),
  'workload-liveness-probe': change(API, { [`${CONTAINER}/livenessProbe`]: undefined }),
  'workload-memory-limit': together(
    WITHOUT_DEFAULTS,
    change(API, { [`${CONTAINER}/resources/limits/memory`]: undefined }),
  ),
  'workload-mount-path-unique': change(API, {
    [`${CONTAINER}/volumeMounts/-`]: { name: 'logs', mountPath: '/tmp' },
  }),
  'workload-network-policy': change(API, { '/spec/template/metadata/labels': { app: 'unknown' } }),
  'workload-pod-security-label': change('Namespace agentweaver', {
    '/metadata/labels/pod-security.kubernetes.io~1enforce': 'privileged',
  }),
  'workload-privilege-escalation': change(MCP, {
    [`${CONTAINER}/securityContext/allowPrivilegeEscalation`]: undefined,
  }),
  'workload-privileged': change(API, { [`${CONTAINER}/securityContext/privileged`]: true }),
  'workload-probe-port': change(API, { [`${CONTAINER}/readinessProbe/httpGet/port`]: 'web' }),
  'workload-read-only-root': change(API, { [`${CONTAINER}/securityContext/readOnlyRootFilesystem`]: false }),
  'workload-readiness-probe': change(API, { [`${CONTAINER}/readinessProbe`]: undefined }),
  'workload-request-within-limit': change(API, { [`${CONTAINER}/resources/requests/memory`]: '8Gi' }),
  'workload-resource-quantity': change(API, { [`${CONTAINER}/resources/limits/memory`]: '512m' }),
  'workload-resource-requests': together(
    WITHOUT_DEFAULTS,
    change(API, { [`${CONTAINER}/resources`]: undefined }),
  ),
  'workload-restart-policy': change(API, { [`${POD}/restartPolicy`]: 'Never' }),
  'workload-rollout-can-proceed': change(API, { '/spec/strategy/rollingUpdate/maxSurge': 0 }),
  'workload-root-user': change(API, { [`${CONTAINER}/securityContext/runAsUser`]: 0 }),
  'workload-run-as-non-root': change(MCP, {
    [`${POD}/securityContext/runAsNonRoot`]: undefined,
    [`${POD}/securityContext/runAsUser`]: undefined,
  }),
  'workload-runtime-socket': change(API, {
    [`${POD}/volumes/-`]: { name: 'socket', hostPath: { path: '/run/containerd/containerd.sock' } },
  }),
  'workload-seccomp': change(API, { [`${POD}/securityContext/seccompProfile`]: undefined }),
  'workload-selector-matches-template': change(API, { '/spec/selector/matchLabels/app': 'another' }),
  'workload-service-account-token': change(FRONTEND, {
    [`${POD}/automountServiceAccountToken`]: undefined,
  }),
  'workload-single-writer-volume': change(
    'PersistentVolumeClaim agentweaver-workspace',
    { '/spec/accessModes': ['ReadWriteOnce'] },
    { blames: API },
  ),
  'workload-volume-mount': change(API, {
    [`${CONTAINER}/volumeMounts/-`]: { name: 'missing', mountPath: '/missing' },
  }),
  'workload-volume-used': change(API, { [`${POD}/volumes/-`]: { name: 'unused', emptyDir: {} } }),
};
