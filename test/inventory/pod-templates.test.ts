import { describe, expect, test } from 'vitest';
import {
  buildInventory,
  containersOf,
  type PodTemplate,
  parseManifests,
  podTemplates,
} from '../../inventory/index.ts';

function templatesOf(text: string): PodTemplate[] {
  return podTemplates(buildInventory(parseManifests(text, 'f.yaml')));
}

function one(text: string): PodTemplate {
  const [template, ...others] = templatesOf(text);
  if (template === undefined || others.length > 0) throw new Error('expected one template');
  return template;
}

const pod = '{metadata: {labels: {app: a}}, spec: {containers: [{name: c}]}}';

describe('every workload kind holds a pod template', () => {
  test.each([
    ['apps/v1', 'Deployment', 'replicas: 3', '/spec/template', 3],
    ['apps/v1', 'StatefulSet', '', '/spec/template', 1],
    ['apps/v1', 'ReplicaSet', 'replicas: 0', '/spec/template', 0],
    ['v1', 'ReplicationController', 'replicas: 2', '/spec/template', 2],
    ['apps/v1', 'DaemonSet', '', '/spec/template', undefined],
    ['batch/v1', 'Job', 'parallelism: 4', '/spec/template', 4],
    ['argoproj.io/v1alpha1', 'Rollout', 'replicas: 2', '/spec/template', 2],
  ])('%s %s', (apiVersion, kind, extra, path, replicas) => {
    const template = one(
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: w, namespace: shop}\nspec: {${extra}${extra && ','} template: ${pod}}\n`,
    );
    expect(template).toMatchObject({
      path,
      specPath: `${path}/spec`,
      namespace: 'shop',
      labels: { app: 'a' },
    });
    expect(template.replicas).toBe(replicas);
  });

  test('a Pod is its own, in namespace default where it names none', () => {
    const template = one(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}}\nspec: {containers: []}\n',
    );
    expect(template).toMatchObject({
      path: '',
      specPath: '/spec',
      namespace: 'default',
      labels: { app: 'a' },
      replicas: 1,
    });
  });

  test('a CronJob makes those of its job template', () => {
    const template = one(
      `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec: {jobTemplate: {spec: {parallelism: 2, template: ${pod}}}}\n`,
    );
    expect(template).toMatchObject({ path: '/spec/jobTemplate/spec/template', replicas: 2 });
  });

  test('an AgentRuntime has its labels on the template itself', () => {
    const text =
      'apiVersion: runtime.agentcube.volcano.sh/v1alpha1\nkind: AgentRuntime\nmetadata: {name: r}\nspec: {podTemplate: {labels: {app: a}, spec: {containers: []}}}\n';
    expect(one(text)).toMatchObject({ path: '/spec/podTemplate', labels: { app: 'a' } });
  });

  test('a suspended Sandbox has no pod', () => {
    const sandbox = (spec: string) =>
      `apiVersion: agents.x-k8s.io/v1beta1\nkind: Sandbox\nmetadata: {name: s}\nspec: {${spec} podTemplate: ${pod}}\n`;
    expect(one(sandbox('')).replicas).toBe(1);
    expect(one(sandbox('operatingMode: Suspended,')).replicas).toBe(0);
  });

  test('a kind of the same name in another group holds none', () => {
    expect(
      templatesOf(
        `apiVersion: example.com/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {template: ${pod}}\n`,
      ),
    ).toEqual([]);
  });

  test('fails to be found where the shape is another, without a crash', () => {
    for (const spec of ['null', '[]', 'text', '{template: 1}', '{template: {spec: []}}', '{template: []}']) {
      expect(
        templatesOf(`apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: ${spec}\n`),
      ).toEqual([]);
    }
  });
});

describe('sandboxes that controllers make later', () => {
  const api = 'extensions.agents.x-k8s.io';
  const template = `apiVersion: ${api}/v1beta1\nkind: SandboxTemplate\nmetadata: {name: t, namespace: a}\nspec: {podTemplate: ${pod}}\n`;
  const pool = (name: string, replicas: number) =>
    `---\napiVersion: ${api}/v1beta1\nkind: SandboxWarmPool\nmetadata: {name: ${name}, namespace: a}\nspec: {replicas: ${replicas}, sandboxTemplateRef: {name: t}}\n`;

  test('a template has as many pods as its pools keep warm, and none known without a pool', () => {
    expect(one(template).replicas).toBeUndefined();
    expect(one(`${template}${pool('p', 2)}${pool('q', 3)}`).replicas).toBe(5);
  });

  test('a claim adds its labels to those of the template, through a pool or directly', () => {
    const claim = (version: string, spec: string) =>
      `---\napiVersion: ${api}/${version}\nkind: SandboxClaim\nmetadata: {name: c, namespace: a}\nspec: {${spec}, additionalPodMetadata: {labels: {run: r}}}\n`;
    for (const text of [
      `${template}${pool('p', 1)}${claim('v1beta1', 'warmPoolRef: {name: p}')}`,
      `${template}${claim('v1alpha1', 'sandboxTemplateRef: {name: t}')}`,
    ]) {
      const claimed = templatesOf(text).at(-1);
      expect(claimed?.labels).toEqual({ app: 'a', run: 'r' });
      expect(claimed?.object.identity.kind).toBe('SandboxTemplate');
      expect(claimed?.claim?.identity.kind).toBe('SandboxClaim');
    }
  });

  test('a claim whose pool or template is missing holds none', () => {
    expect(
      templatesOf(
        `apiVersion: ${api}/v1beta1\nkind: SandboxClaim\nmetadata: {name: c}\nspec: {warmPoolRef: {name: p}}\n`,
      ),
    ).toEqual([]);
  });
});

test('containers are those of all three lists, each with its pointer', () => {
  const template = one(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a}, null], initContainers: [{name: i}], ephemeralContainers: [{name: e}]}\n',
  );
  expect([...containersOf(template)].map(({ path }) => path)).toEqual([
    '/spec/initContainers/0',
    '/spec/containers/0',
    '/spec/ephemeralContainers/0',
  ]);
});
