import { describe, expect, test } from 'vitest';
import { type Rendered, renderEnvironment } from './render.ts';

/** What every installation has. */
const ALWAYS = [
  'ConfigMap agenthost-config',
  'Deployment agentweaver-api',
  'Deployment agentweaver-frontend',
  'Deployment agentweaver-mcp',
  'Gateway agentweaver-gateway',
  'HTTPRoute agentweaver-api-route',
  'HTTPRoute agentweaver-frontend-route',
  'HTTPRoute agentweaver-mcp-route',
  'LimitRange agentweaver-default-limits',
  'Namespace agentweaver',
  'PodDisruptionBudget agentweaver-api-pdb',
  'PodDisruptionBudget agentweaver-frontend-pdb',
  'PodDisruptionBudget agentweaver-mcp-pdb',
  'ResourceQuota agentweaver-quota',
  'Role agentweaver-api-sandbox',
  'RoleBinding agentweaver-api-sandbox',
  'SandboxTemplate agentweaver-agent-host',
  'SandboxTemplate agentweaver-sandbox',
  'SandboxWarmPool agentweaver-agent-host',
  'SandboxWarmPool agentweaver-sandbox',
  'SecretProviderClass agentweaver-secrets',
  'Service agentweaver-api',
  'Service agentweaver-frontend',
  'Service agentweaver-mcp',
  'ServiceAccount agentweaver-agent-host',
  'ServiceAccount agentweaver-api',
  // the eleven policies of the design document
  'NetworkPolicy default-deny-ingress',
  'NetworkPolicy allow-gateway-to-api',
  'NetworkPolicy allow-gateway-to-frontend',
  'NetworkPolicy allow-gateway-to-mcp',
  'NetworkPolicy default-deny-egress-apps',
  'NetworkPolicy allow-app-dns-egress',
  'NetworkPolicy allow-app-internal-egress',
  'NetworkPolicy allow-app-external-https-egress',
  'NetworkPolicy sandbox-deny-ingress',
  'NetworkPolicy allow-worker-to-agenthost-a2a',
  'NetworkPolicy sandbox-egress-allowlist',
  // what its flows need besides
  'NetworkPolicy allow-mcp-to-api',
  'NetworkPolicy allow-app-otel-egress',
  'NetworkPolicy allow-api-agenthost-egress',
  'CiliumNetworkPolicy agenthost-egress-fqdn-allowlist',
  'CiliumNetworkPolicy agentweaver-app-egress-fqdn-allowlist',
  'CiliumNetworkPolicy sandbox-egress-fqdn-allowlist',
];

/** What an installation with Postgres has besides: the worker, the shared volume, the ways to the database. */
const WITH_POSTGRES = [
  'CiliumNetworkPolicy agentweaver-worker-kube-apiserver-egress',
  'Deployment agentweaver-worker',
  'HorizontalPodAutoscaler agentweaver-worker-hpa',
  'NetworkPolicy allow-api-postgres-egress',
  'NetworkPolicy allow-worker-agenthost-egress',
  'NetworkPolicy allow-worker-dns-egress',
  'NetworkPolicy allow-worker-external-https-egress',
  'NetworkPolicy allow-worker-internal-egress',
  'NetworkPolicy allow-worker-otel-egress',
  'NetworkPolicy allow-worker-postgres-egress',
  'NetworkPolicy allow-worker-to-api',
  'NetworkPolicy default-deny-egress-worker',
  'PersistentVolumeClaim agentweaver-workspace',
  'PodDisruptionBudget agentweaver-worker-pdb',
];

const WITH_PREVIEW = ['Gateway agentweaver-preview-gateway', 'NetworkPolicy sandbox-allow-preview-ingress'];

const WITH_EVERYTHING = [
  'DefaultDomainCertificate cert',
  'Job ef-migrate-postgres',
  'Job sqlite-to-postgres-migrator',
  'NetworkPolicy jobs-egress-allowlist',
  'PersistentVolumeClaim agentweaver-data',
  'StorageClass azurefile-csi-premium-uid1000',
];

describe.each([
  ['default', [...ALWAYS, ...WITH_POSTGRES]],
  ['preview', [...ALWAYS, ...WITH_POSTGRES, ...WITH_PREVIEW]],
  ['sqlite', ALWAYS],
  ['full', [...ALWAYS, ...WITH_POSTGRES, ...WITH_PREVIEW, ...WITH_EVERYTHING]],
])('the environment %s', async (name, objects) => {
  const rendered: Rendered = await renderEnvironment(name);

  test('has exactly these objects', () => {
    expect(rendered.names).toEqual([...objects].sort());
  });

  test('keeps every namespaced object in its namespace and labels all of them', () => {
    const clusterScoped = new Set(['Namespace', 'StorageClass']);
    for (const { kind, metadata } of rendered.manifests) {
      expect(metadata.namespace).toBe(clusterScoped.has(kind) ? undefined : 'agentweaver');
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'agentweaver' });
    }
  });

  test('has no Secret, no cluster-wide permission and no service mesh', () => {
    const kinds = new Set(rendered.manifests.map(({ kind }) => kind));
    for (const kind of ['Secret', 'ClusterRole', 'ClusterRoleBinding']) expect(kinds).not.toContain(kind);
    expect(rendered.manifests.map(({ apiVersion }) => apiVersion).join()).not.toMatch(/istio\.io/);
    expect(JSON.stringify(rendered.manifests)).not.toMatch(
      /istio-injection|sidecar\.istio\.io|istio\.io\/rev/,
    );
  });

  test('leaves no placeholder to be filled in later, but for the variables of start-up scripts', () => {
    const placeholders = JSON.stringify(rendered.manifests).match(/\$\{[^}]*\}/g) ?? [];
    expect(new Set(placeholders)).toEqual(new Set(['${GitHub__ClientId}', '${GitHub__ClientSecret}']));
  });
});
