import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { add, change, type Mutation, remove, together } from './mutations/mutation.ts';
import { synthesized } from './synthesized.ts';

const packs = await loadPacks(await readPacks(['agentweaver']));
const environment = await synthesized('full');

const JOB = 'Job ef-migrate-postgres';
const WORKER_ENV = '/spec/template/spec/containers/0/env';
const inNamespace = (name: string) => ({ name, namespace: 'agentweaver' });
const policy = (name: string, spec: JsonObject) =>
  add({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: inNamespace(name), spec });

/** What was wrong in the installation that Agentweaver's design describes, and the rules that would have told. */
const FAULTS: readonly (readonly [fault: string, mutation: Mutation, rules: readonly string[]])[] = [
  [
    'the pool for command execution is gone, and its template',
    together(remove('SandboxWarmPool agentweaver-sandbox'), remove('SandboxTemplate agentweaver-sandbox')),
    ['agentweaver-warm-pools'],
  ],
  [
    'sandboxes reach the whole Internet on every port, and the name server by address',
    change('NetworkPolicy sandbox-egress-allowlist', {
      '/spec/egress/0/to/-': { ipBlock: { cidr: '10.0.0.10/32' } },
      '/spec/egress/1': {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
            },
          },
        ],
      },
    }),
    [
      'agentweaver-policy-table',
      'agentweaver-sandbox-egress-addresses',
      'agentweaver-sandbox-private-addresses',
    ],
  ],
  [
    'agent hosts reach every public address on 443',
    policy('agenthost-egress-allowlist', {
      podSelector: { matchLabels: { 'app.kubernetes.io/component': 'agent-host' } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '::/0', except: ['fc00::/7'] } }],
          ports: [{ protocol: 'TCP', port: 443 }],
        },
      ],
    }),
    ['agentweaver-sandbox-egress-addresses'],
  ],
  [
    'the sandbox controller keeps a network policy of its own',
    change('SandboxTemplate agentweaver-sandbox', { '/spec/networkPolicyManagement': undefined }),
    ['agentweaver-sandbox-policy-management'],
  ],
  [
    'previews may call the port for turns',
    change('NetworkPolicy sandbox-allow-preview-ingress', {
      '/spec/ingress/0/ports': [{ protocol: 'TCP', port: 3000, endPort: 9000 }],
    }),
    ['agentweaver-turn-port-ingress'],
  ],
  [
    'a second provider class serves user tokens',
    add({
      apiVersion: 'secrets-store.csi.x-k8s.io/v1',
      kind: 'SecretProviderClass',
      metadata: {
        ...inNamespace('agentweaver-user-tokens'),
        annotations: { 'secrets-store.csi.k8s.io/rotation-poll-interval': '2m' },
      },
      spec: {
        provider: 'azure',
        parameters: {
          objects: 'array:\n  - |\n    objectName: ghtok-installation\n    objectType: secret\n',
        },
      },
    }),
    ['agentweaver-vault-objects'],
  ],
  [
    'a migration Job has the image and the host of one installation',
    change(JOB, {
      '/spec/template/spec/containers/0/image': 'elsewhere.example.com/agentweaver-api:92e4d74c',
      '/spec/template/spec/containers/0/env/Auth__OAuth__Issuer/value': 'https://elsewhere.example.com',
    }),
    ['agentweaver-platform-images', 'agentweaver-sign-in-hosts'],
  ],
  [
    'a migration Job has an identity without its label',
    change(JOB, {
      '/spec/template/spec/serviceAccountName': 'agentweaver-api',
      '/spec/template/metadata/labels/azure.workload.identity~1use': undefined,
    }),
    ['agentweaver-workload-identity-pairing'],
  ],
  [
    'migration Jobs may call anything',
    remove('NetworkPolicy jobs-egress-allowlist'),
    ['agentweaver-pods-covered'],
  ],
  [
    'the worker calls agent hosts with TLS, which they do not speak',
    change('Deployment agentweaver-worker', { [`${WORKER_ENV}/Sandbox__AgentHost__RequireMtls`]: undefined }),
    ['agentweaver-mutual-tls-agreement'],
  ],
  [
    'the API may create templates, pools and provider classes',
    change('Role agentweaver-api-sandbox', {
      '/rules/-': {
        apiGroups: ['extensions.agents.x-k8s.io', 'secrets-store.csi.x-k8s.io'],
        resources: ['sandboxtemplates', 'sandboxwarmpools', 'secretproviderclasses'],
        verbs: ['get', 'list', 'create', 'delete'],
      },
    }),
    ['agentweaver-role-sandbox-templates'],
  ],
  [
    'the quota cannot hold the autoscaler at its maximum',
    change('ResourceQuota agentweaver-quota', {
      '/spec/hard/limits.cpu': '24',
      '/spec/hard/limits.memory': '48Gi',
    }),
    ['agentweaver-quota-headroom'],
  ],
];

describe('the pack agentweaver tells what was wrong in the original installation', () => {
  it.each(FAULTS)('%s', async (_, mutation, rules) => {
    const broken = environment.inventoryOf(mutation.apply(environment.manifests));
    const { findings, errors } = await check(packs, broken, environment.knowledge);
    expect(errors).toEqual([]);
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(rules);
  });
});
