import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { KIND_SCHEMAS, schemaOf, scopeOf } from '../../api/index.ts';

const EXTENSIONS = 'extensions.agents.x-k8s.io';

function faults(manifest: { readonly apiVersion: string; readonly kind: string }): string[] {
  const ajv = new Ajv({ allErrors: true });
  ajv.addKeyword('x-sluice-ref');
  addFormats.default(ajv);
  const validate = ajv.compile(schemaOf(manifest.apiVersion, manifest.kind) ?? false);
  validate(manifest);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const object = (apiVersion: string, kind: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'a' },
  spec,
});

const podTemplate = { metadata: { labels: { app: 'a' } }, spec: { containers: [] } };

describe('hand-written schemas', () => {
  test.each([
    object(`${EXTENSIONS}/v1beta1`, 'SandboxTemplate', { podTemplate, networkPolicyManagement: 'Unmanaged' }),
    object(`${EXTENSIONS}/v1alpha1`, 'SandboxTemplate', { podTemplate, envVarsInjectionPolicy: 'Allowed' }),
    object(`${EXTENSIONS}/v1beta1`, 'SandboxWarmPool', { sandboxTemplateRef: { name: 'a' }, replicas: 3 }),
    object(`${EXTENSIONS}/v1beta1`, 'SandboxClaim', {
      warmPoolRef: { name: 'a' },
      lifecycle: { shutdownPolicy: 'Delete' },
    }),
    object(`${EXTENSIONS}/v1alpha1`, 'SandboxClaim', { sandboxTemplateRef: { name: 'a' }, warmpool: 'b' }),
    object('agents.x-k8s.io/v1beta1', 'Sandbox', { podTemplate, shutdownTime: '2030-01-01T00:00:00Z' }),
    object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
      provider: 'azure',
      parameters: { a: 'b' },
    }),
    object('approuting.kubernetes.azure.com/v1alpha1', 'DefaultDomainCertificate', {
      target: { secret: 'a' },
    }),
  ])('accept $kind of $apiVersion', (manifest) => {
    expect(faults(manifest)).toEqual([]);
  });

  test.each([
    [
      'a field that the API does not know',
      object(`${EXTENSIONS}/v1beta1`, 'SandboxWarmPool', { sandboxTemplateRef: { name: 'a' }, size: 3 }),
      '/spec must NOT have additional properties',
    ],
    [
      'the reference of the other version',
      object(`${EXTENSIONS}/v1beta1`, 'SandboxClaim', { sandboxTemplateRef: { name: 'a' } }),
      "/spec must have required property 'warmPoolRef'",
    ],
    [
      'a word that is none',
      object(`${EXTENSIONS}/v1beta1`, 'SandboxTemplate', { podTemplate, networkPolicyManagement: 'None' }),
      '/spec/networkPolicyManagement must be equal to one of the allowed values',
    ],
    [
      'a number where a text belongs',
      object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
        parameters: { usePodIdentity: false },
      }),
      '/spec/parameters/usePodIdentity must be string',
    ],
    [
      'a negative number',
      object(`${EXTENSIONS}/v1beta1`, 'SandboxWarmPool', { sandboxTemplateRef: { name: 'a' }, replicas: -1 }),
      '/spec/replicas must be >= 0',
    ],
  ])('fail for %s', (_, manifest, fault) => {
    expect(faults(manifest)).toContain(fault);
  });

  test('leave embedded API types open and name them', () => {
    const marks = new Set<string>();
    JSON.stringify(KIND_SCHEMAS, (key, value: unknown) => {
      if (key === 'x-sluice-ref') marks.add(String(value));
      return value;
    });
    expect([...marks].sort()).toEqual([
      'io.k8s.api.core.v1.PersistentVolumeClaimSpec',
      'io.k8s.api.core.v1.PodSpec',
      'io.k8s.api.networking.v1.NetworkPolicyEgressRule',
      'io.k8s.api.networking.v1.NetworkPolicyIngressRule',
      'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
    ]);
  });

  test('are of kinds whose scope is known', () => {
    expect(KIND_SCHEMAS.map(({ apiVersion, kind }) => scopeOf(apiVersion, kind))).not.toContain(undefined);
  });
});

describe('the scope of a kind', () => {
  test.each([
    ['v1', 'Pod', 'Namespaced'],
    ['v1', 'Namespace', 'Cluster'],
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['storage.k8s.io/v1', 'StorageClass', 'Cluster'],
    ['gateway.networking.k8s.io/v1', 'Gateway', 'Namespaced'],
    ['gateway.networking.k8s.io/v1beta1', 'GatewayClass', 'Cluster'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'Cluster'],
    ['extensions.agents.x-k8s.io/v1alpha1', 'SandboxTemplate', 'Namespaced'],
  ])('%s %s is %s', (apiVersion, kind, scope) => {
    expect(scopeOf(apiVersion, kind)).toBe(scope);
  });

  test('is unknown for a kind of another group', () => {
    expect(scopeOf('example.org/v1', 'Pod')).toBeUndefined();
    expect(scopeOf('v1', 'Gateway')).toBeUndefined();
    expect(scopeOf('v1', '__proto__')).toBeUndefined();
  });
});
