import { describe, expect, test } from 'vitest';
import { agentweaver } from '../../../charts/agentweaver/index.ts';
import { parseEnvironment } from '../../../charts/index.ts';
import { agentweaverParameters } from './parameters.ts';
import { type Rendered, render } from './render.ts';

const text = (rendered: Rendered): string => JSON.stringify(rendered.manifests);

/** @returns the objects whose manifests differ, as `Kind name` */
function changed(before: Rendered, after: Rendered): string[] {
  const old = new Map(
    before.manifests.map((each) => [`${each.kind} ${each.metadata.name}`, JSON.stringify(each)]),
  );
  return after.manifests
    .filter((each) => old.get(`${each.kind} ${each.metadata.name}`) !== JSON.stringify(each))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    .sort();
}

const base = render();
const ROUTES = ['api', 'frontend', 'mcp'].map((name) => `HTTPRoute agentweaver-${name}-route`);
const SERVERS = ['Deployment agentweaver-api', 'Deployment agentweaver-worker'];

describe('a parameter changes what depends on it, everywhere and nowhere else:', () => {
  test('host', () => {
    const other = render('host: other.example.test');
    expect(text(other)).not.toContain('agentweaver.example.test');
    expect(changed(base, other)).toEqual(
      ['Deployment agentweaver-mcp', 'Gateway agentweaver-gateway', ...ROUTES, ...SERVERS].sort(),
    );
  });

  test('zone', () => {
    const options = 'preview: {enabled: true}\ndefaultDomainCertificate: true';
    const other = render(options, (file) => file.replace('zone: example.test', 'zone: other.test'));
    expect(text(other).replaceAll('registry.example.test', '')).not.toContain('example.test');
    expect(changed(render(options), other)).toEqual(
      [
        'Deployment agentweaver-mcp',
        'Gateway agentweaver-gateway',
        'Gateway agentweaver-preview-gateway',
        ...ROUTES,
        ...SERVERS,
      ].sort(),
    );
  });

  test.each([
    [
      'identity: client',
      'clientId: 00000000-0000-0000-0000-000000000001',
      'clientId: 11111111-1111-1111-1111-111111111111',
    ],
    [
      'identity: tenant',
      'tenantId: 00000000-0000-0000-0000-000000000002',
      'tenantId: 22222222-2222-2222-2222-222222222222',
    ],
  ])('%s', (_name, from, to) => {
    const other = render('', (file) => file.replace(from, to));
    expect(text(other)).not.toContain(from.split(' ')[1]);
    expect(changed(base, other)).toEqual([
      'SecretProviderClass agentweaver-secrets',
      'ServiceAccount agentweaver-agent-host',
      'ServiceAccount agentweaver-api',
    ]);
  });

  test('keyVault', () => {
    const other = render('', (file) => file.replace('test-kv', 'other-kv'));
    expect(text(other)).not.toContain('test-kv');
    expect(changed(base, other)).toEqual(
      [
        ...SERVERS,
        'SandboxTemplate agentweaver-agent-host',
        'SecretProviderClass agentweaver-secrets',
      ].sort(),
    );
  });

  test('registry', () => {
    const other = render('', (file) => file.replace('registry.example.test', 'other.example.test:5000'));
    expect(text(other)).not.toContain('registry.example.test');
    expect(changed(base, other)).toHaveLength(6);
  });

  test('imageTag, and with it the AgentHost’s', () => {
    const other = render('', (file) => file.replace('v1.2.3', 'v2.0.0'));
    expect(text(other)).not.toContain('v1.2.3');
    expect(changed(base, other)).toHaveLength(6);
  });

  test('agentHostImageTag', () => {
    expect(changed(base, render('agentHostImageTag: 0123abc'))).toEqual([
      'SandboxTemplate agentweaver-agent-host',
    ]);
  });

  test('githubOrganization', () => {
    const other = render('githubOrganization: example');
    expect(changed(base, other)).toEqual(SERVERS);
    expect(text(other)).not.toContain('microsoft"');
  });

  test('database.subnet', () => {
    expect(changed(base, render('database: {subnet: 10.9.0.0/28}'))).toEqual([
      'NetworkPolicy allow-api-postgres-egress',
      'NetworkPolicy allow-worker-postgres-egress',
    ]);
  });

  test('workspace', () => {
    expect(changed(base, render('workspace: {storageClass: mine, size: 80Gi}'))).toEqual([
      'PersistentVolumeClaim agentweaver-workspace',
    ]);
  });

  test.each([
    ['workspace: {size: 81Gi}', '81Gi'],
    ['workspace: {size: 1Ti}', '1024Gi'],
    ['workspace: {size: 70Gi}\njobs: {sqliteImport: true}', '80Gi'],
    ['workspace: {size: 75Gi}\njobs: {sqliteImport: true}', '85Gi'],
    ['workspace: {size: 1Ti}\ndatabase: {provider: sqlite}', '80Gi'],
  ])('%j, and the quota holds all volumes', (options, storage) => {
    expect(render(options).at('ResourceQuota', 'agentweaver-quota', 'spec', 'hard')).toMatchObject({
      'requests.storage': storage,
    });
  });

  test('telemetry.namespace', () => {
    const other = render('telemetry: {namespace: watch}');
    expect(text(other)).not.toContain('observability');
    expect(changed(base, other)).toEqual([
      'CiliumNetworkPolicy agentweaver-app-egress-fqdn-allowlist',
      ...SERVERS,
      'NetworkPolicy allow-app-otel-egress',
      'NetworkPolicy allow-worker-otel-egress',
    ]);
  });

  test('telemetry.collector and telemetry.port', () => {
    const other = render('telemetry: {collector: sink, port: 14317}');
    expect(text(other)).not.toContain('otel-collector');
    expect(text(other).replaceAll('14317', '')).not.toContain('4317');
    expect(changed(base, other)).toEqual([
      'CiliumNetworkPolicy agentweaver-app-egress-fqdn-allowlist',
      ...SERVERS,
      'NetworkPolicy allow-app-otel-egress',
      'NetworkPolicy allow-worker-otel-egress',
    ]);
  });

  test('gateway', () => {
    const options = 'preview: {enabled: true}';
    const other = render(`${options}\ngateway: {className: istio, ingressNamespace: shared}`);
    expect(text(other)).not.toMatch(/approuting-istio|aks-istio-ingress/);
    expect(changed(render(options), other)).toEqual([
      'Gateway agentweaver-gateway',
      'Gateway agentweaver-preview-gateway',
      ...['api', 'frontend', 'mcp'].map((name) => `NetworkPolicy allow-gateway-to-${name}`),
    ]);
  });

  test('sandbox.githubRange', () => {
    expect(changed(base, render('sandbox: {githubRange: 192.30.252.0/22}'))).toEqual([
      'NetworkPolicy sandbox-egress-allowlist',
    ]);
  });

  test('sandbox.a2aPort', () => {
    const other = render('sandbox: {a2aPort: 9099}');
    expect(text(other)).not.toContain('8088');
    expect(changed(base, other)).toEqual([
      'ConfigMap agenthost-config',
      ...SERVERS,
      'NetworkPolicy allow-api-agenthost-egress',
      'NetworkPolicy allow-worker-agenthost-egress',
      'NetworkPolicy allow-worker-to-agenthost-a2a',
      'SandboxTemplate agentweaver-agent-host',
      'SandboxTemplate agentweaver-sandbox',
    ]);
  });
});

describe('externals', () => {
  const names = (options = ''): string[] =>
    agentweaver.externals(agentweaverParameters(options)).map(({ kind, name }) => `${kind} ${name}`);

  test('are what the manifests name and something else makes', () => {
    expect(names().filter((name) => !name.startsWith('CustomResourceDefinition'))).toEqual([
      'Secret agentweaver-postgres',
      'Secret agentweaver-a2a-client-tls',
      'Secret agentweaver-a2a-server-tls',
      'Secret agentweaver-tls',
      'RuntimeClass kata-vm-isolation',
      'GatewayClass approuting-istio',
      'StorageClass azurefile-csi-premium',
      'Namespace observability',
      'Namespace aks-istio-ingress',
    ]);
  });

  test('shrink and grow with the options', () => {
    expect(names('database: {provider: sqlite}').join()).not.toMatch(/postgres|StorageClass/);
    expect(
      agentweaver.externals(agentweaverParameters('telemetry: {applicationInsights: true}')),
    ).toContainEqual(
      expect.objectContaining({ name: 'agentweaver-secrets', keys: ['appinsights-connection-string'] }),
    );
    expect(names('workspace: {storageClass: mine, createStorageClass: true}')).not.toContain(
      'StorageClass mine',
    );
    expect(names('jobs: {sqliteImport: true}')).toContain('StorageClass managed-csi-premium');
  });

  test('each say who makes them', () => {
    for (const { reason } of agentweaver.externals(agentweaverParameters()))
      expect(reason).toMatch(/^(made|installed) /);
  });
});

test('every parameter is described', () => {
  const undescribed = (schema: object, path: string): string[] =>
    Object.entries('properties' in schema ? (schema.properties as Record<string, object>) : {}).flatMap(
      ([key, each]) => [
        ...('description' in each ? [] : [`${path}${key}`]),
        ...undescribed(each, `${path}${key}.`),
      ],
    );
  expect(undescribed(agentweaver.schema, '')).toEqual([]);
  expect(parseEnvironment(agentweaver.template('test'), 'template.yaml').environment).toBe('test');
});
