import { add, addBlaming, change, type Mutations, remove } from './mutation.ts';

const API = 'Deployment agentweaver-api';
const API_ROUTE = 'HTTPRoute agentweaver-api-route';
const SERVICE = 'Service agentweaver-api';
const WORKER = 'Deployment agentweaver-worker';

const inNamespace = (name: string) => ({ name, namespace: 'agentweaver' });

export const REFERENCES: Mutations = {
  'references-autoscaler-target': change('HorizontalPodAutoscaler agentweaver-worker-hpa', {
    '/spec/scaleTargetRef/name': 'missing',
  }),
  'references-backend': change(API_ROUTE, { '/spec/rules/0/backendRefs/0/name': 'missing' }),
  'references-certificate': change('Gateway agentweaver-gateway', {
    '/spec/listeners/0/tls/certificateRefs/0/name': 'missing',
  }),
  'references-config-map': remove('ConfigMap agenthost-config', {
    blames: 'SandboxTemplate agentweaver-agent-host',
  }),
  'references-disruption-budget': change('PodDisruptionBudget agentweaver-api-pdb', {
    '/spec/selector/matchLabels/app': 'missing',
  }),
  'references-entry-class': change('Gateway agentweaver-gateway', { '/spec/gatewayClassName': 'missing' }),
  'references-governing-service': add({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: inNamespace('cache'),
    spec: {
      serviceName: 'missing',
      selector: { matchLabels: { app: 'cache' } },
      template: { metadata: { labels: { app: 'cache' } }, spec: { containers: [{ name: 'cache' }] } },
    },
  }),
  'references-issuer': add({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: inNamespace('web'),
    spec: { secretName: 'web-tls', issuerRef: { kind: 'Issuer', name: 'missing' } },
  }),
  'references-parent-gateway': change(API_ROUTE, { '/spec/parentRefs/0/name': 'missing' }),
  'references-permitted': addBlaming(
    API_ROUTE,
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shared' } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shared-web', namespace: 'shared' },
      spec: { ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: inNamespace('agentweaver-api-route'),
      spec: {
        parentRefs: [{ name: 'agentweaver-gateway' }],
        rules: [{ backendRefs: [{ name: 'shared-web', namespace: 'shared', port: 80 }] }],
      },
    },
  ),
  'references-persistent-volume-claim': remove('PersistentVolumeClaim agentweaver-workspace', {
    blames: API,
  }),
  'references-policy-target': add({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: inNamespace('web'),
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'missing' }],
      validation: { hostname: 'web', wellKnownCACertificates: 'System' },
    },
  }),
  'references-priority-class': change(API, { '/spec/template/spec/priorityClassName': 'missing' }),
  'references-role': change('RoleBinding agentweaver-api-sandbox', { '/roleRef/name': 'missing' }),
  'references-runtime-class': change('SandboxTemplate agentweaver-sandbox', {
    '/spec/podTemplate/spec/runtimeClassName': 'missing',
  }),
  'references-sandbox-template': change('SandboxWarmPool agentweaver-sandbox', {
    '/spec/sandboxTemplateRef/name': 'missing',
  }),
  'references-secret': change(WORKER, {
    '/spec/template/spec/volumes/a2a-client-tls/secret/secretName': 'missing',
  }),
  'references-secret-provider-class': remove('SecretProviderClass agentweaver-secrets', { blames: API }),
  'references-service-account': remove('ServiceAccount agentweaver-api', { blames: API }),
  'references-service-one-workload': change(
    'Deployment agentweaver-frontend',
    { '/spec/template/metadata/labels/app': 'agentweaver-api' },
    { blames: SERVICE },
  ),
  'references-service-port': change(SERVICE, { '/spec/ports/0/targetPort': 'missing' }),
  'references-service-selector': change(SERVICE, { '/spec/selector/app': 'missing' }),
  'references-storage-class': change('PersistentVolumeClaim agentweaver-workspace', {
    '/spec/storageClassName': 'missing',
  }),
  'references-sync-source': add({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'agentweaver', namespace: 'argocd' },
    spec: { project: 'missing', source: { repoURL: 'https://git.example.com/a', targetRevision: 'main' } },
  }),
  'references-undeclared-port': change(SERVICE, { '/spec/ports/0/targetPort': 9999 }),
  'references-warm-pool': add({
    apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
    kind: 'SandboxClaim',
    metadata: inNamespace('run-1'),
    spec: { warmPoolRef: { name: 'missing' } },
  }),
  'references-webhook-service': add({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'checks' },
    webhooks: [
      {
        name: 'checks.example.com',
        clientConfig: { service: { name: 'missing', namespace: 'agentweaver' } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  }),
};
