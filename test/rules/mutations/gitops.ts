import type { JsonObject } from '../../../core/manifest.ts';
import { add, addBlaming, change, type Mutations } from './mutation.ts';

const API = 'Deployment agentweaver-api';
const CONFIG = 'ConfigMap agenthost-config';
const JOB = 'Job ef-migrate-postgres';
const WAVE = '/metadata/annotations/argocd.argoproj.io~1sync-wave';

const application = (spec: JsonObject): JsonObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'agentweaver', namespace: 'argocd' },
  spec,
});

export const GITOPS: Mutations = {
  'gitops-application-project': add(
    application({
      project: 'default',
      source: { repoURL: 'https://git.example.com/a', targetRevision: 'v1.0.0' },
    }),
  ),
  'gitops-application-revision': add(
    application({
      project: 'agents',
      source: { repoURL: 'https://git.example.com/a', targetRevision: 'HEAD' },
    }),
  ),
  'gitops-crd-wave': add({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: 'sandboxwarmpools.extensions.agents.x-k8s.io',
      annotations: { 'argocd.argoproj.io/sync-wave': '900' },
    },
    spec: { group: 'extensions.agents.x-k8s.io', names: { kind: 'SandboxWarmPool' } },
  }),
  'gitops-generate-name': addBlaming('ConfigMap run-*', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { generateName: 'run-', namespace: 'agentweaver' },
  }),
  'gitops-hook-known': change(CONFIG, { '/metadata/annotations/argocd.argoproj.io~1hook': 'BeforeSync' }),
  'gitops-job-expiry': change(JOB, {
    '/spec/ttlSecondsAfterFinished': 600,
    '/metadata/annotations/argocd.argoproj.io~1hook': undefined,
  }),
  'gitops-job-replaceable': change(JOB, { '/metadata/annotations': {} }),
  'gitops-namespace-declared': change(CONFIG, { '/metadata/namespace': 'elsewhere' }),
  'gitops-namespace-named': change(CONFIG, { '/metadata/namespace': undefined }),
  'gitops-namespace-wave': change('Namespace agentweaver', { [WAVE]: '900' }),
  'gitops-project-limits': add({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'agents', namespace: 'argocd' },
    spec: { sourceRepos: ['*'], destinations: [{ name: 'in-cluster', namespace: 'agentweaver' }] },
  }),
  'gitops-removed-api': change('HorizontalPodAutoscaler agentweaver-worker-hpa', {
    '/apiVersion': 'autoscaling/v2beta2',
  }),
  'gitops-replicas-autoscaled': change('Deployment agentweaver-worker', { '/spec/replicas': 1 }),
  'gitops-server-fields': change(API, { '/metadata/resourceVersion': '1' }),
  'gitops-service-cluster-ip': change('Service agentweaver-api', { '/spec/clusterIP': '10.0.0.20' }),
  'gitops-status': change(API, { '/status': { replicas: 2 } }),
  'gitops-wave-number': change(API, { [WAVE]: 'first' }),
  'gitops-wave-order': change('SecretProviderClass agentweaver-secrets', { [WAVE]: '900' }, { blames: API }),
};
