import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../core/manifest.ts';
import { allows, type Endpoint } from './reach.ts';
import { type Rendered, render, renderEnvironment } from './render.ts';

const NAMESPACE = 'agentweaver';
const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
const POSTGRES = { to: [{ ipBlock: { cidr: '10.225.0.0/28' } }], ports: [{ protocol: 'TCP', port: 5432 }] };
const EXTERNAL_HTTPS = {
  to: [
    {
      ipBlock: {
        cidr: '0.0.0.0/0',
        except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
      },
    },
  ],
  ports: [{ protocol: 'TCP', port: 443 }],
};
const COLLECTOR = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } } }],
  ports: [{ protocol: 'TCP', port: 4317 }],
};
const PLATFORM = {
  to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'agentweaver' } } }],
  ports: [{ protocol: 'TCP', port: 8080 }],
};
const A2A = {
  to: [{ podSelector: { matchLabels: { app: 'agentweaver-sandbox' } } }],
  ports: [{ protocol: 'TCP', port: 8088 }],
};

const byDefault = await renderEnvironment('default');
const preview = await renderEnvironment('preview');
const full = await renderEnvironment('full');

const app = (name: string) => ({ matchLabels: { app: name } });
const apps = (...values: string[]) => ({ matchExpressions: [{ key: 'app', operator: 'In', values }] });
const spec = (name: string, of = byDefault) => of.at('NetworkPolicy', name, 'spec');
const egress = (podSelector: JsonObject, ...rules: JsonObject[]) => ({
  podSelector,
  policyTypes: ['Egress'],
  ...(rules.length === 0 ? {} : { egress: rules }),
});
const ingress = (podSelector: JsonObject, from: readonly JsonObject[], port: number) => ({
  podSelector,
  policyTypes: ['Ingress'],
  ingress: [{ from, ports: [{ protocol: 'TCP', port }] }],
});

describe('the policy', () => {
  test('default-deny-ingress selects all pods of the platform but those of gateways', () => {
    expect(spec('default-deny-ingress')).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/part-of': 'agentweaver' },
        matchExpressions: [{ key: 'gateway.networking.k8s.io/gateway-name', operator: 'DoesNotExist' }],
      },
      policyTypes: ['Ingress'],
    });
  });

  test.each(['api', 'frontend', 'mcp'])('allow-gateway-to-%s takes either of two peers', (name) => {
    const gateways = [
      { podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'agentweaver-gateway' } } },
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'aks-istio-ingress' } } },
    ];
    expect(spec(`allow-gateway-to-${name}`)).toEqual(ingress(app(`agentweaver-${name}`), gateways, 8080));
  });

  test.each(['mcp', 'worker'])('allow-%s-to-api', (name) => {
    const from = [{ podSelector: app(`agentweaver-${name}`) }];
    expect(spec(`allow-${name}-to-api`)).toEqual(ingress(app('agentweaver-api'), from, 8080));
  });

  test('allow-worker-to-agenthost-a2a opens one port to the worker or the API', () => {
    const from = [{ podSelector: app('agentweaver-worker') }, { podSelector: app('agentweaver-api') }];
    expect(spec('allow-worker-to-agenthost-a2a')).toEqual(ingress(app('agentweaver-sandbox'), from, 8088));
  });

  test('sandbox-deny-ingress', () => {
    expect(spec('sandbox-deny-ingress')).toEqual({
      podSelector: app('agentweaver-sandbox'),
      policyTypes: ['Ingress'],
    });
  });

  const ALL = apps('agentweaver-api', 'agentweaver-mcp', 'agentweaver-frontend');
  const API_AND_MCP = apps('agentweaver-api', 'agentweaver-mcp');
  const API = app('agentweaver-api');
  const WORKER = app('agentweaver-worker');
  const GITHUB = { to: [{ ipBlock: { cidr: '140.82.112.0/20' } }], ports: [{ protocol: 'TCP', port: 443 }] };

  test.each([
    ['default-deny-egress-apps', egress(ALL)],
    ['allow-app-dns-egress', egress(ALL, DNS)],
    ['allow-app-internal-egress', egress(ALL, PLATFORM)],
    ['allow-app-external-https-egress', egress(API_AND_MCP, EXTERNAL_HTTPS)],
    ['allow-app-otel-egress', egress(API_AND_MCP, COLLECTOR)],
    ['allow-api-agenthost-egress', egress(API, A2A)],
    ['allow-api-postgres-egress', egress(API, POSTGRES)],
    ['default-deny-egress-worker', egress(WORKER)],
    ['allow-worker-dns-egress', egress(WORKER, DNS)],
    ['allow-worker-internal-egress', egress(WORKER, PLATFORM)],
    ['allow-worker-external-https-egress', egress(WORKER, EXTERNAL_HTTPS)],
    ['allow-worker-agenthost-egress', egress(WORKER, A2A)],
    ['allow-worker-postgres-egress', egress(WORKER, POSTGRES)],
    ['allow-worker-otel-egress', egress(WORKER, COLLECTOR)],
    ['sandbox-egress-allowlist', egress(app('agentweaver-sandbox'), DNS, GITHUB)],
  ])('%s', (name, expected) => expect(spec(name)).toEqual(expected));

  test('jobs-egress-allowlist lets the Jobs reach DNS and Postgres only', () => {
    const jobs = apps('ef-migrate-postgres', 'sqlite-to-postgres-migrator');
    expect(spec('jobs-egress-allowlist', full)).toEqual(egress(jobs, DNS, POSTGRES));
  });

  test('sandbox-allow-preview-ingress leaves the A2A port out', () => {
    expect(preview.at('NetworkPolicy', 'sandbox-allow-preview-ingress', 'spec', 'ingress')).toEqual([
      {
        from: [
          {
            podSelector: {
              matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'agentweaver-preview-gateway' },
            },
          },
        ],
        ports: [
          { protocol: 'TCP', port: 3000, endPort: 8087 },
          { protocol: 'TCP', port: 8089, endPort: 9000 },
        ],
      },
    ]);
  });
});

describe('egress by name', () => {
  const names = (policy: string, of = byDefault): unknown[] =>
    (of.at('CiliumNetworkPolicy', policy, 'spec', 'egress') as unknown as { toFQDNs?: object[] }[])
      .flatMap(({ toFQDNs = [] }) => toFQDNs)
      .flatMap((each) => Object.values(each));

  test('of sandboxes is the list of the design document', () => {
    expect(names('sandbox-egress-fqdn-allowlist')).toEqual([
      'api.github.com',
      'registry.npmjs.org',
      '*.npmjs.org',
      '*.services.ai.azure.com',
      '*.openai.azure.com',
      '*.cognitiveservices.azure.com',
      '*.models.ai.azure.com',
    ]);
  });

  test('of AgentHosts adds the vault and its identity provider, and Copilot only when asked', () => {
    const policy = 'agenthost-egress-fqdn-allowlist';
    expect(byDefault.at('CiliumNetworkPolicy', policy, 'spec', 'endpointSelector')).toEqual({
      matchLabels: { app: 'agentweaver-sandbox', 'app.kubernetes.io/component': 'agent-host' },
    });
    expect(names(policy)).toEqual(['*.vault.azure.net', 'login.microsoftonline.com']);
    expect(names(policy, full).slice(2)).toEqual([
      'api.githubcopilot.com',
      'copilot-proxy.githubusercontent.com',
    ]);
  });

  test('of the API and MCP leaves the front end out', () => {
    const policy = 'agentweaver-app-egress-fqdn-allowlist';
    expect(byDefault.at('CiliumNetworkPolicy', policy, 'spec', 'endpointSelector')).toEqual(
      apps('agentweaver-api', 'agentweaver-mcp'),
    );
    expect(byDefault.at('CiliumNetworkPolicy', policy, 'spec', 'egress', 0)).toEqual({
      toEntities: ['kube-apiserver'],
    });
    expect(names(policy)).toEqual([
      'api.github.com',
      'github.com',
      'otel-collector.observability.svc.cluster.local',
      '*.github.com',
      '*.services.ai.azure.com',
      '*.openai.azure.com',
      '*.cognitiveservices.azure.com',
      '*.models.ai.azure.com',
    ]);
  });
});

/** Pods by the names that the matrix uses, with the labels that their templates really have. */
function endpoint(name: string, rendered: Rendered): Endpoint {
  const template = {
    api: 'Deployment agentweaver-api',
    worker: 'Deployment agentweaver-worker',
    frontend: 'Deployment agentweaver-frontend',
    mcp: 'Deployment agentweaver-mcp',
    AgentHost: 'SandboxTemplate agentweaver-agent-host',
    sandbox: 'SandboxTemplate agentweaver-sandbox',
    'migration Job': 'Job ef-migrate-postgres',
  }[name];
  const labels = template === undefined ? undefined : rendered.podTemplates.get(template)?.metadata.labels;
  if (labels !== undefined) return { pod: labels, namespace: NAMESPACE };
  const gateway = (value: string) => ({ 'gateway.networking.k8s.io/gateway-name': value });
  const others: Readonly<Record<string, Endpoint>> = {
    'main gateway': { pod: gateway('agentweaver-gateway'), namespace: NAMESPACE },
    'preview gateway': { pod: gateway('agentweaver-preview-gateway'), namespace: NAMESPACE },
    'shared gateway': { pod: {}, namespace: 'aks-istio-ingress' },
    'foreign pod': { pod: { app: 'agentweaver-api' }, namespace: 'elsewhere' },
    'unlabelled pod': { pod: {}, namespace: NAMESPACE },
    'kube-dns': { pod: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' },
    collector: { pod: { app: 'otel-collector' }, namespace: 'observability' },
    'kube-apiserver': { entity: 'kube-apiserver' },
  };
  return others[name] ?? (/^[0-9.]+$/.test(name) ? { address: name } : { host: name });
}

/** From, verdict, and the destinations with their ports: what the design document and its flows ask for. */
const MATRIX: readonly (readonly [from: string, verdict: 'allow' | 'deny', to: readonly string[]])[] = [
  ['main gateway', 'allow', ['api:8080', 'frontend:8080', 'mcp:8080']],
  ['shared gateway', 'allow', ['api:8080', 'frontend:8080', 'mcp:8080']],
  ['foreign pod', 'deny', ['api:8080', 'frontend:8080', 'mcp:8080', 'worker:8081', 'AgentHost:8088']],
  ['unlabelled pod', 'deny', ['api:8080', 'mcp:8080', 'AgentHost:8088']],
  ['main gateway', 'deny', ['worker:8081', 'AgentHost:8088']],
  ['mcp', 'allow', ['api:8080', 'kube-dns:53', '8.8.8.8:443']],
  [
    'worker',
    'allow',
    [
      'api:8080',
      'AgentHost:8088',
      'sandbox:8088',
      'kube-dns:53',
      '8.8.8.8:443',
      'kube-apiserver:443',
      '10.225.0.4:5432',
      'collector:4317',
    ],
  ],
  [
    'frontend',
    'deny',
    [
      'api:8080',
      'AgentHost:8088',
      '8.8.8.8:443',
      'api.github.com:443',
      'kube-apiserver:443',
      '10.225.0.4:5432',
    ],
  ],
  ['api', 'deny', ['mcp:8080', 'AgentHost:8080', '8.8.8.8:80']],
  ['preview gateway', 'deny', ['api:8080', 'mcp:8080', 'frontend:8080', 'AgentHost:8088', 'AgentHost:3000']],
  [
    'api',
    'allow',
    [
      'AgentHost:8088',
      'sandbox:8088',
      'kube-dns:53',
      '8.8.8.8:443',
      'kube-apiserver:443',
      '10.225.0.4:5432',
      'api.github.com:443',
      'github.com:443',
      'collector:4317',
    ],
  ],
  ['mcp', 'deny', ['AgentHost:8088', '8.8.8.8:80', '10.225.0.4:5432']],
  ['shared gateway', 'deny', ['AgentHost:8088']],
  ['migration Job', 'deny', ['AgentHost:8088']],
  [
    'sandbox',
    'deny',
    [
      'AgentHost:8088',
      'api:8080',
      'worker:8081',
      'mcp:8080',
      'frontend:8080',
      '10.225.0.4:5432',
      '169.254.169.254:80',
      '10.0.0.1:443',
      'kube-apiserver:443',
      '140.82.112.5:22',
      '8.8.8.8:443',
      '8.8.8.8:80',
      'pypi.org:443',
      'kv.vault.azure.net:443',
    ],
  ],
  [
    'AgentHost',
    'deny',
    [
      'sandbox:8088',
      'api:8080',
      'worker:8081',
      'mcp:8080',
      'frontend:8080',
      '10.225.0.4:5432',
      '169.254.169.254:80',
      '10.0.0.1:443',
      'kube-apiserver:443',
      '140.82.112.5:22',
      '8.8.8.8:443',
      '8.8.8.8:80',
      'pypi.org:443',
    ],
  ],
  ['worker', 'deny', ['AgentHost:22', '8.8.8.8:80']],
  ['frontend', 'allow', ['kube-dns:53']],
  [
    'AgentHost',
    'allow',
    [
      'kube-dns:53',
      '140.82.112.5:443',
      'api.github.com:443',
      'registry.npmjs.org:443',
      'x.npmjs.org:443',
      'x.services.ai.azure.com:443',
      'x.openai.azure.com:443',
      'x.cognitiveservices.azure.com:443',
      'x.models.ai.azure.com:443',
      'kv.vault.azure.net:443',
      'login.microsoftonline.com:443',
    ],
  ],
  [
    'sandbox',
    'allow',
    [
      'kube-dns:53',
      '140.82.112.5:443',
      'api.github.com:443',
      'registry.npmjs.org:443',
      'x.npmjs.org:443',
      'x.services.ai.azure.com:443',
      'x.openai.azure.com:443',
      'x.cognitiveservices.azure.com:443',
      'x.models.ai.azure.com:443',
    ],
  ],
];

const flows = (matrix: typeof MATRIX) =>
  matrix.flatMap(([from, verdict, to]) =>
    to.map((each) => {
      const [name = '', port] = each.split(':');
      return [from, verdict, name, Number(port)] as const;
    }),
  );

function verdict(of: Rendered, from: string, to: string, port: number): 'allow' | 'deny' {
  const protocol = port === 53 ? 'UDP' : 'TCP';
  return allows(of.manifests, endpoint(from, of), endpoint(to, of), port, protocol) ? 'allow' : 'deny';
}

describe('by default, a flow', () => {
  // the Jobs' labels are known only where the Jobs are
  test.each(flows(MATRIX).filter(([from]) => from !== 'migration Job'))(
    'from %s: %s to %s:%i',
    (from, wanted, to, port) => {
      expect(verdict(byDefault, from, to, port)).toBe(wanted);
    },
  );

  test.each([
    ['api', '10.0.0.1', 443],
    ['mcp', '169.254.169.254', 443],
    ['worker', '192.168.1.1', 443],
    ['mcp', 'worker', 8081],
    ['frontend', 'collector', 4317],
    ['sandbox', 'login.microsoftonline.com', 443],
    ['AgentHost', 'api.githubcopilot.com', 443],
  ])('from %s: deny to %s:%i', (from, to, port) => expect(verdict(byDefault, from, to, port)).toBe('deny'));
});

describe('with previews, a flow', () => {
  test.each([
    [3000, 'allow'],
    [8087, 'allow'],
    [8088, 'deny'],
    [8089, 'allow'],
    [9000, 'allow'],
    [2999, 'deny'],
    [9001, 'deny'],
  ])('from the preview gateway to a sandbox on %i: %s', (port, wanted) => {
    expect(verdict(preview, 'preview gateway', 'sandbox', port)).toBe(wanted);
    expect(verdict(preview, 'preview gateway', 'AgentHost', port)).toBe(wanted);
  });

  test.each(
    flows(MATRIX).filter(
      ([from, , to, port]) => !(from === 'preview gateway' && to === 'AgentHost' && port === 3000),
    ),
  )('from %s: %s to %s:%i, with every option on too', (from, wanted, to, port) =>
    expect(verdict(full, from, to, port)).toBe(wanted),
  );

  test('carves out another A2A port just as well', () => {
    const moved = render('preview: {enabled: true}\nsandbox: {a2aPort: 3000}');
    expect(verdict(moved, 'preview gateway', 'AgentHost', 3000)).toBe('deny');
    expect(verdict(moved, 'preview gateway', 'AgentHost', 3001)).toBe('allow');
    expect(verdict(moved, 'api', 'AgentHost', 3000)).toBe('allow');
  });
});

describe('a Job', () => {
  test('reaches Postgres and nothing else outside', () => {
    expect(verdict(full, 'migration Job', '10.225.0.4', 5432)).toBe('allow');
    expect(verdict(full, 'migration Job', '8.8.8.8', 443)).toBe('deny');
    expect(verdict(full, 'migration Job', 'kube-apiserver', 443)).toBe('deny');
  });
});
