import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Json, JsonObject, Manifest } from '../../core/manifest.ts';
import { Client, refusal } from '../../tools/servers/client.ts';
import { haveCrds } from './crds.ts';

/** An object that is accepted, and one change that must not be. */
interface Broken {
  readonly name: string;
  readonly manifest: Manifest;
  /** Where to change it, key by key. */
  readonly at: readonly string[];
  /** The new value; absent removes the field. */
  readonly value?: Json;
  /** What the server says then. */
  readonly says: string;
  readonly needsCrds?: boolean;
}

const NAMESPACE = 'broken';

const policy = manifest('networking.k8s.io/v1', 'NetworkPolicy', {
  spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ protocol: 'TCP', port: 443 }] }] },
});
const deployment = manifest('apps/v1', 'Deployment', {
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          { name: 'web', image: 'registry.invalid/web:v1', resources: { requests: { cpu: '100m' } } },
        ],
      },
    },
  },
});
const gateway = manifest('gateway.networking.k8s.io/v1', 'Gateway', {
  spec: { gatewayClassName: 'some', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
});
const template = manifest('extensions.agents.x-k8s.io/v1beta1', 'SandboxTemplate', {
  spec: {
    networkPolicyManagement: 'Unmanaged',
    podTemplate: { spec: { containers: [{ name: 'agent', image: 'registry.invalid/agent:v1' }] } },
  },
});

const POD_SPEC = ['spec', 'template', 'spec'];
const BROKEN: readonly Broken[] = [
  {
    name: 'port 0 in a NetworkPolicy',
    manifest: policy,
    at: ['spec', 'egress', '0', 'ports', '0', 'port'],
    value: 0,
    says: 'must be between 1 and 65535',
  },
  {
    name: 'an end of a port range before its begin',
    manifest: policy,
    at: ['spec', 'egress', '0', 'ports', '0', 'endPort'],
    value: 80,
    says: 'must be greater than or equal to `port`',
  },
  {
    name: 'a field that the API does not know',
    manifest: deployment,
    at: [...POD_SPEC, 'containers', '0', 'readOnlyRootFilesystem'],
    value: true,
    says: 'field not declared in schema',
  },
  {
    name: 'a value that is not of its enumeration',
    manifest: deployment,
    at: [...POD_SPEC, 'restartPolicy'],
    value: 'Sometimes',
    says: 'Unsupported value: "Sometimes"',
  },
  {
    name: 'a quantity that is none',
    manifest: deployment,
    at: [...POD_SPEC, 'containers', '0', 'resources', 'requests', 'cpu'],
    value: '100 millis',
    says: 'quantities must match the regular expression',
  },
  {
    name: 'a selector that does not select its own pods',
    manifest: deployment,
    at: ['spec', 'selector', 'matchLabels', 'app'],
    value: 'api',
    says: '`selector` does not match template `labels`',
  },
  {
    name: 'a Gateway listener without protocol',
    manifest: gateway,
    at: ['spec', 'listeners', '0', 'protocol'],
    says: 'spec.listeners[0].protocol: Required value',
    needsCrds: true,
  },
  {
    name: 'a Gateway listener that terminates TLS with plain HTTP',
    manifest: gateway,
    at: ['spec', 'listeners', '0', 'tls'],
    value: { mode: 'Terminate' },
    says: 'tls must not be specified for protocols',
    needsCrds: true,
  },
  {
    name: 'an unknown field of a custom resource',
    manifest: template,
    at: ['spec', 'networkPolicyMode'],
    value: 'Unmanaged',
    says: 'networkPolicyMode: field not declared in schema',
    needsCrds: true,
  },
  {
    name: 'a bad enumeration value of a custom resource',
    manifest: template,
    at: ['spec', 'networkPolicyManagement'],
    value: 'Manual',
    says: 'Unsupported value: "Manual"',
    needsCrds: true,
  },
];

let client: Client;

beforeAll(async () => {
  client = new Client(inject('access'));
  const enforce = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: enforce } };
  expect((await client.apply(namespace)).status).toBeLessThan(300);
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: NAMESPACE },
  };
  expect((await client.apply(account)).status).toBeLessThan(300);
});
afterAll(() => client.close());

describe('the API server accepts an object and refuses it with', () => {
  for (const { name, manifest, at, value, says, needsCrds = false } of BROKEN) {
    test.skipIf(needsCrds && !haveCrds)(name, async () => {
      const sound = await client.apply(manifest, { dryRun: true });
      expect(sound.status < 300 ? '' : refusal(sound)).toBe('');

      const broken = await client.apply(changed(manifest, at, value) as Manifest, { dryRun: true });
      expect(broken.status).toBeGreaterThanOrEqual(400);
      expect(refusal(broken)).toContain(says);
    });
  }

  test.each([
    ['a container that is privileged', { privileged: true }, 'violates PodSecurity "baseline'],
    [
      'a capability beyond the baseline',
      { capabilities: { add: ['SYS_ADMIN'] } },
      'non-default capabilities',
    ],
  ])('%s', async (_, securityContext, says) => {
    const pod = (context: JsonObject): Manifest =>
      manifest('v1', 'Pod', {
        spec: { containers: [{ name: 'web', image: 'registry.invalid/web:v1', securityContext: context }] },
      });
    expect((await client.create(pod({}), { dryRun: true })).status).toBe(201);

    const broken = await client.create(pod(securityContext), { dryRun: true });
    expect(broken.status).toBe(403);
    expect(refusal(broken)).toContain(says);
  });
});

function manifest(apiVersion: string, kind: string, rest: JsonObject): Manifest {
  return { apiVersion, kind, metadata: { name: 'sound', namespace: NAMESPACE }, ...rest };
}

function changed(
  node: Json | undefined,
  [key, ...rest]: readonly string[],
  value: Json | undefined,
): Json | undefined {
  if (key === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((item: Json, index) =>
      String(index) === key ? (changed(item, rest, value) ?? null) : item,
    );
  }
  const object = node as JsonObject;
  return { ...object, [key]: changed(object[key], rest, value) };
}
