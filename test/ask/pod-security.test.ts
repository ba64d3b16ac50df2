import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askOne } from './ask.ts';

const yaml = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      hostUsers: false
      containers:
        - {name: web, securityContext: {runAsUser: 0, privileged: true}}
---
apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata: {name: agent, namespace: shop}
spec: {podTemplate: {spec: {hostPID: true, containers: [{name: agent}]}}}
---
apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxWarmPool
metadata: {name: pool, namespace: shop}
spec: {replicas: 1, sandboxTemplateRef: {name: agent}}
---
apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxClaim
metadata: {name: claim, namespace: shop}
spec: {warmPoolRef: {name: pool}}
---
apiVersion: v1
kind: Secret
metadata: {name: s, namespace: shop}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
`;
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const about = (object: unknown, rest: object) => askOne(yaml, { type: 'pod-security', object, ...rest });

describe('a question about pod security', () => {
  test.each([
    ['a reference', web],
    ['a reference with its apiVersion', { ...web, apiVersion: 'apps/v1' }],
    ['text', 'shop/Deployment/web'],
  ])('names its object by %s', async (_, object) => {
    expect(await about(object, { level: 'baseline' })).toEqual({
      id: '1',
      allowed: false,
      violations: [
        {
          check: 'privileged',
          reason: 'privileged',
          detail: 'container "web" must not set securityContext.privileged=true',
          path: '/spec/template/spec/containers/0/securityContext/privileged',
          paths: ['/spec/template/spec/containers/0/securityContext/privileged'],
        },
      ],
    });
  });

  test('brings its object along', async () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [] } };
    expect(await about(pod, { level: 'restricted' })).toMatchObject({ allowed: true });
  });

  test.each([
    ['without metadata', {}],
    ['without a name', { metadata: { labels: { app: 'web' } } }],
    ['with a name that the API server makes', { metadata: { generateName: 'p-' } }],
  ])('brings along an object %s', async (_, metadata) => {
    const pod = { apiVersion: 'v1', kind: 'Pod', ...metadata, spec: { hostPID: true, containers: [] } };
    expect(await about(pod, { level: 'baseline' })).toMatchObject({ allowed: false });
  });

  test('finds the pod of a claim in its template', async () => {
    expect(await about('shop/SandboxClaim/claim', { level: 'baseline' })).toMatchObject({
      violations: [{ check: 'hostNamespaces', path: '/spec/podTemplate/spec/hostPID' }],
    });
  });

  test('asks for one check alone', async () => {
    expect(await about(web, { check: 'hostPorts' })).toMatchObject({ allowed: true });
    expect(await about(web, { check: 'privileged', level: 'privileged' })).toMatchObject({ allowed: false });
  });

  test.each([
    ['the newest known where it names none', {}, true],
    ['its own', { version: '1.34' }, false],
    ['its own with a v', { version: 'v1.22' }, true],
    [
      "the cluster's, where that is older",
      { version: 'latest', options: { kubernetesVersion: '1.34' } },
      false,
    ],
    ["not newer than the cluster's", { version: '1.36', options: { kubernetesVersion: 'v1.34.4' } }, false],
  ])('is judged by the version that is %s', async (_, rest, allowed) => {
    expect(await about(web, { check: 'runAsUser', ...rest })).toMatchObject({ allowed });
  });
});

describe('fails', () => {
  test.each([
    ['without level and check', web, {}, 'malformed', 'neither level nor check'],
    [
      'on a level that does not exist',
      web,
      { level: 'strict' },
      'malformed',
      'level must be equal to one of',
    ],
    [
      'on a check that does not exist',
      web,
      { check: 'hostPort' },
      'malformed',
      'check must be equal to one of',
    ],
    [
      'on a version that is none',
      web,
      { level: 'baseline', version: '34' },
      'malformed',
      'version must match',
    ],
    [
      'on an object that is not there',
      { ...web, name: 'x' },
      { level: 'baseline' },
      'not-found',
      'no Deployment shop/x',
    ],
    [
      'on a kind without pods',
      'shop/Secret/s',
      { level: 'baseline' },
      'unsupported',
      'Secret shop/s has no pod',
    ],
    ['on a name of two objects', 'shop/Gateway/g', { level: 'baseline' }, 'malformed', 'add apiVersion'],
    ['on a reference that is none', 'web', { level: 'baseline' }, 'malformed', 'write namespace/Kind/name'],
    [
      'on a pod that the API server would refuse',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { hostPID: 'no' } },
      { level: 'baseline' },
      'invalid-object',
      'object /spec/hostPID: is not true or false',
    ],
  ])('%s', async (_, object, rest, code, message) => {
    const { error } = await about(object, rest);
    expect(error).toEqual({ code, message: expect.stringContaining(message) });
  });
});

/** Every map key that a check reads, at every place; the values are of any type. */
const FIELDS =
  'spec securityContext containers initContainers ports hostPort volumes hostPath nfs capabilities add drop seccompProfile type appArmorProfile seLinuxOptions windowsOptions hostProcess sysctls name livenessProbe httpGet host lifecycle preStop os runAsUser runAsNonRoot procMount hostUsers hostNetwork __proto__'.split(
    ' ',
  );

test('a pod of any shape gets an answer, or is no pod', async () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, 1, '', 'Unmasked'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 6 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, value, async (spec, annotations) => {
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations }, spec };
      const { error } = await about(pod, { level: 'restricted' });
      expect([undefined, 'invalid-object', 'unsupported']).toContain(error?.code);
    }),
    { numRuns: 500 },
  );
});
