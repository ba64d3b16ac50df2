import { describe, expect, test } from 'vitest';
import { type Container, render, renderEnvironment } from './render.ts';

const HOST = 'https://agentweaver.placeholder.westus2.aksapp.io';
const POSTGRES = { secretKeyRef: { name: 'agentweaver-postgres', key: 'connectionstring' } };
const COLLECTOR = 'http://otel-collector.observability.svc.cluster.local:4317';

/** Variables in the order in which they are written; what the cluster fills in stands as its source. */
function variables({ env = [] }: Container): [name: string, value: unknown][] {
  return env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]);
}

const byDefault = await renderEnvironment('default');
const full = await renderEnvironment('full');

function container(name: string, of = byDefault): Container {
  const found = of.podTemplates.get(name)?.spec.containers[0];
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe('variables', () => {
  test('of the API', () => {
    expect(variables(container('Deployment agentweaver-api'))).toEqual([
      ['ASPNETCORE_ENVIRONMENT', 'Production'],
      ['POD_NAME', { fieldRef: { fieldPath: 'metadata.name' } }],
      ['HOME', '/workspace/.home'],
      ['Database__Path', '/tmp/agentweaver.db'],
      ['Workspace__Path', '/workspace'],
      ['Agentweaver__ApiBaseUrl', 'http://localhost:8080'],
      ['Workspace__Provider', 'persistent-volume'],
      ['Workspace__PersistentVolume__MountRoot', '/workspace'],
      ['Sandbox__Backend', 'kubernetes'],
      ['Sandbox__Kubernetes__Namespace', 'agentweaver'],
      ['Sandbox__Kubernetes__TemplateRef', 'agentweaver-sandbox'],
      ['Sandbox__AgentExecutionMode', 'pod-per-run'],
      ['Sandbox__AgentHost__RequireMtls', 'false'],
      ['Auth__GitHub__AllowedOrg', 'microsoft'],
      ['Auth__GitHub__CallbackUrl', `${HOST}/auth/github/callback`],
      ['Auth__GitHub__FrontendUrl', `${HOST}/`],
      ['Auth__OAuth__Issuer', HOST],
      ['Auth__OAuth__Audience', `${HOST}/mcp`],
      ['Auth__Mcp__AllowGitHubPassthrough', 'true'],
      ['Auth__TokenStore__Provider', 'keyvault'],
      ['Auth__TokenStore__KeyVaultUri', 'https://agentweaver-kv.vault.azure.net'],
      ['OTEL_SERVICE_NAME', 'agentweaver-api'],
      ['OTEL_RESOURCE_ATTRIBUTES', 'service.namespace=agentweaver,deployment.environment=production'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', COLLECTOR],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
      ['TMPDIR', '/tmp'],
      ['Sandbox__A2A__ClientCertPath', '/mnt/a2a-client-tls/tls.crt'],
      ['Sandbox__A2A__ClientKeyPath', '/mnt/a2a-client-tls/tls.key'],
      ['Sandbox__A2A__CACertPath', '/mnt/a2a-client-tls/ca.crt'],
      ['Sandbox__A2A__Port', '8088'],
      ['Sandbox__Preview__Enabled', 'false'],
      ['Database__Provider', 'Postgres'],
      ['ConnectionStrings__MemoryDb', POSTGRES],
      ['ConnectionStrings__Postgres', POSTGRES],
    ]);
  });

  test('of the API with every option', () => {
    const entries = new Map(variables(container('Deployment agentweaver-api', full)));
    expect(entries.get('Sandbox__Preview__Enabled')).toBe('true');
    expect(entries.get('Sandbox__Preview__ZoneSuffix')).toBe('placeholder.westus2.aksapp.io');
    expect(entries.get('Sandbox__Preview__GatewayName')).toBe('agentweaver-preview-gateway');
    expect(entries.get('Sandbox__Preview__GatewayNamespace')).toBe('agentweaver');
    expect(entries.get('APPLICATIONINSIGHTS_CONNECTION_STRING')).toEqual({
      secretKeyRef: { name: 'agentweaver-secrets', key: 'appinsights-connection-string', optional: true },
    });
    expect(entries.size).toBe(38);
  });

  test('of the worker, with the transport and token store that the original forgets', () => {
    expect(variables(container('Deployment agentweaver-worker'))).toEqual([
      ['ASPNETCORE_ENVIRONMENT', 'Production'],
      ['HOME', '/workspace/.home'],
      ['DOTNET_BUNDLE_EXTRACT_BASE_DIR', '/tmp/.net'],
      ['App__Role', 'worker'],
      ['ASPNETCORE_URLS', 'http://+:8081'],
      ['Workspace__Path', '/workspace'],
      ['Agentweaver__ApiBaseUrl', 'http://agentweaver-api:8080'],
      ['Workspace__Provider', 'persistent-volume'],
      ['Workspace__PersistentVolume__MountRoot', '/workspace'],
      ['Sandbox__Backend', 'kubernetes'],
      ['Sandbox__Kubernetes__Namespace', 'agentweaver'],
      ['Sandbox__Kubernetes__TemplateRef', 'agentweaver-sandbox'],
      ['Sandbox__AgentExecutionMode', 'pod-per-run'],
      ['Sandbox__AgentHost__RequireMtls', 'false'],
      ['Auth__GitHub__AllowedOrg', 'microsoft'],
      ['Auth__GitHub__CallbackUrl', `${HOST}/auth/github/callback`],
      ['Auth__GitHub__FrontendUrl', `${HOST}/`],
      ['Auth__OAuth__Issuer', HOST],
      ['Auth__OAuth__Audience', `${HOST}/mcp`],
      ['Auth__TokenStore__Provider', 'keyvault'],
      ['Auth__TokenStore__KeyVaultUri', 'https://agentweaver-kv.vault.azure.net'],
      ['OTEL_SERVICE_NAME', 'agentweaver-worker'],
      ['OTEL_RESOURCE_ATTRIBUTES', 'service.namespace=agentweaver,deployment.environment=production'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', COLLECTOR],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
      ['TMPDIR', '/tmp'],
      ['Sandbox__A2A__ClientCertPath', '/mnt/a2a-client-tls/tls.crt'],
      ['Sandbox__A2A__ClientKeyPath', '/mnt/a2a-client-tls/tls.key'],
      ['Sandbox__A2A__CACertPath', '/mnt/a2a-client-tls/ca.crt'],
      ['Sandbox__A2A__Port', '8088'],
      ['Database__Provider', 'Postgres'],
      ['ConnectionStrings__MemoryDb', POSTGRES],
      ['ConnectionStrings__Postgres', POSTGRES],
    ]);
  });

  test.each(['agentweaver-api', 'agentweaver-worker'])('of the migration before %s', (name) => {
    const [init] = byDefault.podTemplates.get(`Deployment ${name}`)?.spec.initContainers ?? [];
    expect(init && variables(init)).toEqual([
      ['ASPNETCORE_ENVIRONMENT', 'Production'],
      ['HOME', '/tmp'],
      ['TMPDIR', '/tmp'],
      ['DOTNET_BUNDLE_EXTRACT_BASE_DIR', '/tmp/.net'],
      ['Auth__OAuth__Issuer', HOST],
      ['Auth__OAuth__Audience', `${HOST}/mcp`],
      ['Database__Provider', 'Postgres'],
      ['ConnectionStrings__MemoryDb', POSTGRES],
      ['ConnectionStrings__Postgres', POSTGRES],
    ]);
  });

  test('of MCP, the front end and the sandboxes', () => {
    expect(variables(container('Deployment agentweaver-mcp'))).toEqual([
      ['ASPNETCORE_ENVIRONMENT', 'Production'],
      ['AGENTWEAVER_API_URL', 'http://agentweaver-api:8080'],
      ['Auth__Mcp__Issuer', HOST],
      ['Auth__Mcp__Audience', `${HOST}/mcp`],
      ['Auth__Mcp__JwksUri', 'http://agentweaver-api:8080/oauth/jwks'],
      ['Auth__Mcp__AllowGitHubPassthrough', 'true'],
    ]);
    expect(variables(container('Deployment agentweaver-frontend'))).toEqual([
      ['AGENTWEAVER_API_URL', '/api'],
    ]);
    expect(variables(container('SandboxTemplate agentweaver-agent-host'))).toEqual([
      ['ASPNETCORE_ENVIRONMENT', 'Production'],
      ['HOME', '/home/appuser'],
      ['AgentHost__KeyVaultUri', 'https://agentweaver-kv.vault.azure.net/'],
      ['AgentHost__WorkingDirectory', '/workspace'],
      ['AgentHost__RepositoryPath', '/workspace'],
    ]);
    expect(variables(container('SandboxTemplate agentweaver-sandbox'))).toEqual([]);
  });
});

describe('start-up', () => {
  test('of the API reads its secrets from files and keeps shell variables literal', () => {
    expect(container('Deployment agentweaver-api').command).toEqual([
      '/bin/sh',
      '-c',
      `set -eu
GitHub__ClientId="$(cat /mnt/secrets-store/github-client-id)"
GitHub__ClientSecret="$(cat /mnt/secrets-store/github-client-secret)"
Auth__GitHub__ClientId="\${GitHub__ClientId}"
Auth__GitHub__ClientSecret="\${GitHub__ClientSecret}"
export GitHub__ClientId GitHub__ClientSecret Auth__GitHub__ClientId Auth__GitHub__ClientSecret
Auth__OAuth__SigningKey="$(cat /mnt/secrets-store/mcp-oauth-signing-key)"
export Auth__OAuth__SigningKey
exec dotnet Agentweaver.Api.dll
`,
    ]);
  });

  test('of the worker leaves the signing key alone', () => {
    const script = container('Deployment agentweaver-worker').command?.[2];
    expect(script).toContain('github-client-secret');
    expect(script).not.toContain('mcp-oauth-signing-key');
  });

  test('of MCP needs no secret', () => {
    expect(container('Deployment agentweaver-mcp').command?.[2]).toBe(
      'set -eu\nexec dotnet Agentweaver.Mcp.dll\n',
    );
  });
});

const resources = (...[cpu, memory, cpuLimit, memoryLimit]: string[]) => ({
  requests: { cpu, memory },
  limits: { cpu: cpuLimit, memory: memoryLimit },
});

const probe = (
  path: string,
  port: number,
  ...[initialDelaySeconds, periodSeconds, failureThreshold]: number[]
) => ({
  httpGet: { path, port },
  initialDelaySeconds,
  periodSeconds,
  failureThreshold,
});

describe('a workload', () => {
  const registry = 'agentweaverregistry.azurecr.io';

  test.each([
    ['Deployment agentweaver-api', 'agentweaver-api:v1.0.0', resources('500m', '512Mi', '2', '4Gi')],
    ['Deployment agentweaver-worker', 'agentweaver-api:v1.0.0', resources('500m', '512Mi', '2', '4Gi')],
    [
      'Deployment agentweaver-frontend',
      'agentweaver-frontend:v1.0.0',
      resources('100m', '128Mi', '500m', '256Mi'),
    ],
    ['Deployment agentweaver-mcp', 'agentweaver-mcp:v1.0.0', resources('100m', '128Mi', '1', '512Mi')],
    [
      'SandboxTemplate agentweaver-agent-host',
      'agentweaver-agent-host:v1.0.0',
      resources('500m', '1Gi', '2000m', '4Gi'),
    ],
    [
      'SandboxTemplate agentweaver-sandbox',
      'agentweaver-sandbox:v1.0.0',
      resources('500m', '1Gi', '2000m', '4Gi'),
    ],
  ])('%s runs %s', (name, image, bounds) => {
    expect(container(name)).toMatchObject({ image: `${registry}/${image}`, resources: bounds });
  });

  test.each([
    ['api', probe('/api/ping', 8080, 15, 15, 3), probe('/api/health', 8080, 10, 10, 3)],
    ['worker', probe('/healthz', 8081, 30, 20, 3), probe('/readyz', 8081, 20, 15, 3)],
    ['frontend', probe('/', 8080, 10, 15, 3), probe('/', 8080, 5, 10, 3)],
    ['mcp', probe('/healthz', 8080, 15, 20, 3), probe('/healthz', 8080, 10, 10, 3)],
  ])('agentweaver-%s is asked how it is', (name, livenessProbe, readinessProbe) => {
    expect(container(`Deployment agentweaver-${name}`)).toMatchObject({ livenessProbe, readinessProbe });
  });

  test.each([
    ['api', 2, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }],
    // the autoscaler owns the number
    ['worker', undefined, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }],
    ['frontend', 2, undefined],
    ['mcp', 1, undefined],
  ])('agentweaver-%s has %s replicas', (name, replicas, strategy) => {
    const spec = byDefault.at('Deployment', `agentweaver-${name}`, 'spec');
    expect(spec).toHaveProperty('template');
    expect(byDefault.at('Deployment', `agentweaver-${name}`, 'spec', 'replicas')).toBe(replicas);
    expect(byDefault.at('Deployment', `agentweaver-${name}`, 'spec', 'strategy')).toEqual(strategy);
  });

  test('may take its time to end, if it is the worker', () => {
    expect(
      byDefault.podTemplates.get('Deployment agentweaver-worker')?.spec['terminationGracePeriodSeconds'],
    ).toBe(120);
    expect(container('Deployment agentweaver-worker')['lifecycle']).toEqual({
      preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 30'] } },
    });
  });

  test.each([
    [
      'Deployment agentweaver-api',
      [
        'workspace /workspace',
        'tmp /tmp',
        'logs /app/logs',
        'secrets-store /mnt/secrets-store',
        'a2a-client-tls /mnt/a2a-client-tls',
      ],
    ],
    [
      'Deployment agentweaver-worker',
      [
        'workspace /workspace',
        'tmp /tmp',
        'logs /app/logs',
        'secrets-store /mnt/secrets-store',
        'a2a-client-tls /mnt/a2a-client-tls',
      ],
    ],
    ['Deployment agentweaver-frontend', []],
    ['Deployment agentweaver-mcp', []],
    [
      'SandboxTemplate agentweaver-agent-host',
      [
        'workspace /workspace',
        'tmp /tmp',
        'home /home/appuser',
        'a2a-tls /mnt/a2a-tls',
        'agenthost-config /app/config',
      ],
    ],
    [
      'SandboxTemplate agentweaver-sandbox',
      ['workspace /workspace', 'tmp /tmp', 'a2a-tls /mnt/a2a-tls', 'agenthost-config /app/config'],
    ],
  ])('%s mounts what it needs', (name, mounts) => {
    expect(
      (container(name).volumeMounts ?? []).map(({ name: volume, mountPath }) => `${volume} ${mountPath}`),
    ).toEqual(mounts);
  });

  test('declares the rotation of its secrets only where it mounts them', () => {
    const rotation = 'secrets-store.csi.k8s.io/rotation-poll-interval';
    const declared = [...byDefault.podTemplates].flatMap(([name, { metadata }]) =>
      metadata.annotations?.[rotation] === '2m' ? [name] : [],
    );
    expect(declared).toEqual(['Deployment agentweaver-api', 'Deployment agentweaver-worker']);
    expect(byDefault.get('SecretProviderClass', 'agentweaver-secrets').metadata.annotations).toEqual({
      [rotation]: '2m',
    });
  });
});

describe('every pod', () => {
  const pods = [...byDefault.podTemplates, ...full.podTemplates];

  test.each(pods)('of %s runs as user 1000 without privileges', (_name, { spec }) => {
    expect(spec['securityContext']).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const each of [...spec.containers, ...(spec.initContainers ?? [])]) {
      expect(each['securityContext']).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test('has a read-only root but for the front end and the AgentHost', () => {
    const writable = pods.flatMap(([name, { spec }]) =>
      [...spec.containers, ...(spec.initContainers ?? [])].some(
        ({ securityContext }) =>
          (securityContext as Record<string, unknown>)['readOnlyRootFilesystem'] !== true,
      )
        ? [name]
        : [],
    );
    expect(new Set(writable)).toEqual(
      new Set(['Deployment agentweaver-frontend', 'SandboxTemplate agentweaver-agent-host']),
    );
  });

  test('gets a token for the cluster only where it claims sandboxes', () => {
    const withToken = pods.flatMap(([name, { spec }]) =>
      spec['automountServiceAccountToken'] === false ? [] : [name],
    );
    expect(new Set(withToken)).toEqual(
      new Set(['Deployment agentweaver-api', 'Deployment agentweaver-worker']),
    );
  });

  test('takes on the managed identity exactly where its ServiceAccount has it', () => {
    const use = 'azure.workload.identity/use';
    const pairs = pods.map(([name, { metadata, spec }]) => [
      name,
      spec['serviceAccountName'],
      metadata.labels[use],
    ]);
    expect(Object.fromEntries(pairs.map(([name, account, label]) => [name, [account, label]]))).toEqual({
      'Deployment agentweaver-api': ['agentweaver-api', 'true'],
      'Deployment agentweaver-worker': ['agentweaver-api', 'true'],
      'Deployment agentweaver-frontend': [undefined, undefined],
      'Deployment agentweaver-mcp': [undefined, undefined],
      'SandboxTemplate agentweaver-agent-host': ['agentweaver-agent-host', 'true'],
      'SandboxTemplate agentweaver-sandbox': [undefined, undefined],
      'Job ef-migrate-postgres': [undefined, undefined],
      'Job sqlite-to-postgres-migrator': [undefined, undefined],
    });
  });
});

describe('the throwaway mode', () => {
  const sqlite = render('database: {provider: sqlite}');
  const api = () => container('Deployment agentweaver-api', sqlite);

  test('has one API replica that is gone before its successor starts', () => {
    expect(sqlite.at('Deployment', 'agentweaver-api', 'spec', 'replicas')).toBe(1);
    expect(sqlite.at('Deployment', 'agentweaver-api', 'spec', 'strategy')).toEqual({ type: 'Recreate' });
    expect(sqlite.at('PodDisruptionBudget', 'agentweaver-api-pdb', 'spec')).toMatchObject({
      maxUnavailable: 1,
    });
  });

  test('names SQLite, and nothing of Postgres anywhere', () => {
    expect(variables(api())).toContainEqual(['Database__Provider', 'Sqlite']);
    expect(JSON.stringify(sqlite.manifests)).not.toMatch(/postgres|5432/i);
    expect(sqlite.podTemplates.get('Deployment agentweaver-api')?.spec.initContainers).toBeUndefined();
  });

  test('keeps every workspace in a volume that ends with its pod', () => {
    const workspaces = [...sqlite.podTemplates.values()].flatMap(({ spec }) =>
      (spec.volumes ?? []).filter(({ name }) => name === 'workspace'),
    );
    expect(workspaces).toEqual(Array(3).fill({ name: 'workspace', emptyDir: {} }));
  });

  test('lets no one call sandboxes but the API', () => {
    expect(sqlite.at('NetworkPolicy', 'allow-worker-to-agenthost-a2a', 'spec', 'ingress')).toEqual([
      {
        from: [{ podSelector: { matchLabels: { app: 'agentweaver-api' } } }],
        ports: [{ protocol: 'TCP', port: 8088 }],
      },
    ]);
  });
});

describe('the one-time Jobs', () => {
  test.each([
    ['ef-migrate-postgres', ['/app/efbundle', '--verbose'], 9],
    ['sqlite-to-postgres-migrator', ['dotnet', 'Agentweaver.Api.dll', '--migrate-data'], 11],
  ])('%s runs the installation’s own image once', (name, command, count) => {
    expect(full.at('Job', name, 'spec')).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 600 });
    const job = container(`Job ${name}`, full);
    expect(job).toMatchObject({ command, image: 'agentweaverregistry.azurecr.io/agentweaver-api:v1.0.0' });
    expect(variables(job)).toHaveLength(count);
    expect(variables(job)).toContainEqual(['Auth__OAuth__Issuer', HOST]);
  });

  test('migrate the schema anew at each sync, since a Job cannot change', () => {
    expect(full.get('Job', 'ef-migrate-postgres').metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    });
  });

  test('import the old database by hand only, never again at each sync', () => {
    expect(full.get('Job', 'sqlite-to-postgres-migrator').metadata.annotations).toEqual({
      'argocd.argoproj.io/hook': 'Skip',
    });
  });

  test('can be chosen one by one', () => {
    const one = render('jobs: {schemaMigration: true}');
    expect(one.ofKind('Job').map(({ metadata }) => metadata.name)).toEqual(['ef-migrate-postgres']);
    expect(one.names).not.toContain('PersistentVolumeClaim agentweaver-data');
    expect(one.at('NetworkPolicy', 'jobs-egress-allowlist', 'spec', 'podSelector')).toEqual({
      matchExpressions: [{ key: 'app', operator: 'In', values: ['ef-migrate-postgres'] }],
    });
  });
});
