import { add, change, type Mutations } from './mutation.ts';

const API = 'Deployment agentweaver-api';
const WORKER = 'Deployment agentweaver-worker';

/** Pools, images, the database, storage, quota and the settings that several objects share. */
export const WORKLOADS: Mutations = {
  'agentweaver-warm-pools': change('SandboxWarmPool agentweaver-sandbox', { '/spec/replicas': 1 }),
  'agentweaver-sandbox-claims': add({
    apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
    kind: 'SandboxClaim',
    metadata: { name: 'run-1', namespace: 'agentweaver' },
    spec: {
      warmPoolRef: { name: 'agentweaver-sandbox' },
      env: [{ name: 'A', value: 'b' }],
      lifecycle: { shutdownPolicy: 'Delete' },
    },
  }),
  'agentweaver-platform-images': change('Job ef-migrate-postgres', {
    '/spec/template/spec/containers/0/image': 'agentweaverregistry.azurecr.io/agentweaver-api:latest',
  }),
  'agentweaver-sign-in-hosts': change('Deployment agentweaver-mcp', {
    '/spec/template/spec/containers/0/env/Auth__Mcp__Issuer/value': 'https://other.example.com',
  }),
  'agentweaver-postgres-wiring': change(WORKER, {
    '/spec/template/spec/initContainers/0/image': 'agentweaverregistry.azurecr.io/agentweaver-api:v0.9.0',
  }),
  'agentweaver-database-mode': change(API, { '/spec/replicas': 2 }, { environment: 'sqlite' }),
  'agentweaver-workspace-volume': change('PersistentVolumeClaim agentweaver-workspace', {
    '/spec/accessModes': ['ReadWriteOnce'],
  }),
  'agentweaver-quota-headroom': change('ResourceQuota agentweaver-quota', { '/spec/hard/limits.cpu': '24' }),
  'agentweaver-container-limits': change(API, {
    '/spec/template/spec/containers/0/resources/limits/memory': '5Gi',
  }),
  'agentweaver-placeholders': change('HTTPRoute agentweaver-api-route', {
    '/spec/hostnames/0': '${HOST}',
  }),
  'agentweaver-agent-host-settings': change(WORKER, {
    '/spec/template/spec/containers/0/env/Sandbox__A2A__Port/value': '8080',
  }),
  'agentweaver-mutual-tls-agreement': change(WORKER, {
    '/spec/template/spec/containers/0/env/Sandbox__AgentHost__RequireMtls': undefined,
  }),
  'agentweaver-service-wiring': change('Service agentweaver-frontend', { '/spec/ports/0/targetPort': 3000 }),
};
