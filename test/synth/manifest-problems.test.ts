import { describe, expect, it } from 'vitest';
import { add, chart, deployment, problemsOf } from './tree.ts';

/** What is said about one manifest, as `path: what; remedy`, without the construct's path. */
function faults(
  manifest: { readonly kind: string; readonly [field: string]: unknown },
  options = {},
): string[] {
  const scope = chart();
  const { node } = add(scope, manifest);
  return problemsOf(scope, options).map(({ where, what, remedy }) => {
    const path = where.slice(node.path.length).replace(/^: /, '');
    return `${path}: ${what}${remedy === undefined ? '' : `; ${remedy}`}`;
  });
}

const container = (fields: object) =>
  deployment('api', { containers: [{ name: 'app', image: 'registry.example/a:1', ...fields }] });

describe('names', () => {
  it.each([
    ['Namespace', 'a.b', 'is not a DNS label'],
    ['Service', '1st', 'does not begin with a letter'],
    ['ConfigMap', 'under_score', 'is not a DNS subdomain'],
    ['ConfigMap', 'a'.repeat(254), 'has 254 characters'],
    ['ConfigMap', '', 'is not a DNS subdomain'],
    ['ConfigMap', '-a', 'is not a DNS subdomain'],
  ])('fail for %s "%s"', (kind, name, fault) => {
    const spec = kind === 'Service' ? { spec: { ports: [{ port: 80 }] } } : {};
    const [first, ...more] = faults({ kind, metadata: { name }, ...spec });
    expect(first).toContain('/metadata/name: ');
    expect(first).toContain(fault);
    expect(more).toEqual([]);
  });

  it('of RBAC objects may hold colons, and those of CronJobs leave room for their Jobs', () => {
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    expect(faults({ apiVersion, kind: 'ClusterRole', metadata: { name: 'system:Node' }, rules: [] })).toEqual(
      [],
    );
    expect(faults({ apiVersion, kind: 'ClusterRole', metadata: { name: 'a/b' }, rules: [] })[0]).toContain(
      'path segment',
    );
    const jobTemplate = { spec: { template: { spec: { containers: [{ name: 'a' }] } } } };
    const spec = { schedule: '0 3 * * *', jobTemplate };
    const [fault] = faults({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'a'.repeat(53) },
      spec,
    });
    expect(fault).toContain('has more than 52 characters');
  });

  it('of labels, annotations and selectors fail wherever they stand', () => {
    const manifest = deployment('api', {}, { labels: { 'a b': 'c' }, annotations: { '/x': 'y' } });
    manifest.spec.selector.matchLabels = { app: 'not ok' };
    manifest.spec.template.metadata.labels = { app: 'not ok' };
    expect(faults(manifest).map((fault) => fault.split(';')[0])).toEqual([
      '/metadata/labels: "a b" is not a label or annotation key',
      '/metadata/annotations: "/x" has a prefix that is not a DNS subdomain',
      '/spec/selector/matchLabels/app: "not ok" is not a label value',
      '/spec/template/metadata/labels/app: "not ok" is not a label value',
    ]);
  });

  it('of annotations may have capitals, and their values any text, up to a limit', () => {
    const metadata = (annotations: object) => ({ kind: 'ConfigMap', metadata: { name: 'a', annotations } });
    expect(faults(metadata({ 'Example.org/Key': 'any text: {}' }))).toEqual([]);
    expect(faults(metadata({ big: 'x'.repeat(256 * 1024) }))[0]).toContain('bytes of annotations');
  });
});

describe('placeholders', () => {
  it.each([
    ['${IMAGE_TAG}', 'unresolved placeholder ${IMAGE_TAG}'],
    ['before ${Token[TOKEN.1]} after', '"${Token[TOKEN.1]}" is a token that nothing resolved'],
    ['<no value>', '"<no value>" is what a Helm template writes'],
    ['[object Object]', '"[object Object]" is an object written as text'],
  ])('fail: %s', (text, what) => {
    const found = faults({ kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'a/b': text } });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`/data/a~1b: ${what}`);
  });

  it('that a shell resolves are fine in a command', () => {
    expect(faults(container({ command: ['sh', '-c', 'echo ${GitHub__ClientId} ${HOME}'] }))).toEqual([]);
    expect(faults(container({ env: [{ name: 'POD_IP', value: '1' }], args: ['--ip=${POD_IP}'] }))).toEqual(
      [],
    );
    expect(faults(container({ command: ['sh', '-c', 'NAME=$(hostname); echo ${NAME}'] }))).toEqual([]);
    expect(faults(container({ command: ['sh', '-c', 'while read LINE; do echo ${LINE}; done'] }))).toEqual(
      [],
    );
    expect(faults(container({ envFrom: [{ configMapRef: { name: 'c' } }], args: ['${ANY}'] }))).toEqual([]);
    const exec = { exec: { command: ['sh', '-c', 'echo ${POD_IP}'] } };
    expect(faults(container({ env: [{ name: 'POD_IP', value: '1' }], livenessProbe: exec }))).toEqual([]);
  });

  it('fail in a command that no variable answers, and everywhere else', () => {
    expect(faults(container({ args: ['--ip=${POD_IP}'] }))[0]).toContain('${POD_IP}');
    expect(faults(container({ image: '${REGISTRY}/a:1', env: [{ name: 'REGISTRY' }] }))[0]).toContain(
      '${REGISTRY}',
    );
  });

  it('are fine in scripts, where named as meant, and in other spellings', () => {
    const data = (text: string) => ({ kind: 'ConfigMap', metadata: { name: 'a' }, data: { text } });
    expect(faults(data('#!/bin/sh\necho ${ANY}'))).toEqual([]);
    expect(faults(data('listen ${NGINX_PORT}'), { literals: ['NGINX_PORT'] })).toEqual([]);
    expect(faults(data('$HOME $(POD_IP) {{ .Value }} ${lower}'))).toEqual([]);
  });
});

describe('values that no manifest can hold', () => {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = [cycle];
  it.each([
    ['NaN', Number.NaN, ': NaN cannot be written to a manifest; give a finite number'],
    [
      'a date',
      new Date(0),
      ': an instance of Date cannot be written to a manifest; give its text, such as that of toISOString()',
    ],
    ['a function', () => 1, ': a function cannot be written to a manifest; give what it returns'],
    [
      'a cycle',
      cycle,
      '/self/0: the value holds itself, and a cycle cannot be written to a manifest; give a copy without the reference back',
    ],
  ])('fail by field: %s', (_, value, fault) => {
    const manifest = { kind: 'ConfigMap', metadata: { name: 'a' }, data: { list: [1, { 'a/b': value }] } };
    expect(faults(manifest)).toEqual([`/data/list/1/a~1b${fault}`]);
  });

  it('fail in metadata, and a value that is merely shared does not', () => {
    const metadata = { name: 'a', annotations: { count: Number.NaN } };
    expect(faults({ kind: 'ConfigMap', metadata })[0]).toContain('/metadata/annotations/count: NaN');
    const shared = { a: 'b' };
    expect(
      faults({
        kind: 'ConfigMap',
        metadata: { name: 'a', labels: shared, annotations: shared },
        data: shared,
      }),
    ).toEqual([]);
  });
});

describe('kinds', () => {
  it.each([
    ['apps/v1', 'Deploymnt', 'apps/v1 has no kind "Deploymnt"; did you mean Deployment?'],
    ['apps/v1beta1', 'Deployment', 'apps/v1beta1 has no kind "Deployment"; it is a kind of apps/v1'],
    [
      'extensions/v1beta1',
      'Ingress',
      'extensions/v1beta1 has no kind "Ingress"; it is a kind of networking.k8s.io/v1',
    ],
    ['networking.k8s.io/v1', 'Ingres', 'networking.k8s.io/v1 has no kind "Ingres"; did you mean Ingress?'],
    ['v1', 'Deployment', 'v1 has no kind "Deployment"; it is a kind of apps/v1'],
    ['batch/v1', 'Own', 'batch/v1 has no kind "Own"; it has: CronJob, Job'],
  ])('fail where %s has no %s', (apiVersion, kind, fault) => {
    expect(faults({ apiVersion, kind, metadata: { name: 'a' } })).toEqual([`/kind: ${fault}`]);
  });

  it('fail where they are empty', () => {
    expect(faults({ apiVersion: '', kind: ' ', metadata: { name: 'a' } })).toEqual([
      '/apiVersion: apiVersion is empty; name it',
      '/kind: kind is empty; name it',
    ]);
  });

  it('of versions that have more than is known here are left to the cluster', () => {
    const manifest = { kind: 'IPAddress', metadata: { name: 'a' } };
    expect(faults({ apiVersion: 'networking.k8s.io/v1beta1', ...manifest })).toEqual([]);
  });

  it('may be lists, which clients take apart', () => {
    expect(faults({ kind: 'List', metadata: { name: 'a' }, items: [] })).toEqual([]);
    expect(faults({ kind: 'ConfigMapList', metadata: { name: 'a' }, items: [] })).toEqual([]);
  });
});

describe('pods without containers', () => {
  const said = 'the pod has no containers; the API server requires at least one';
  it.each([
    ['an empty list', deployment('a', { containers: [] }), '/spec/template/spec'],
    ['no spec', { kind: 'Pod', metadata: { name: 'a' } }, '/spec'],
    [
      'a sandbox template with an empty list',
      {
        apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
        kind: 'SandboxTemplate',
        metadata: { name: 'a' },
        spec: { podTemplate: { spec: { containers: [] } } },
      },
      '/spec/podTemplate/spec',
    ],
  ])('fail: %s', (_, manifest, path) => {
    expect(faults(manifest)).toEqual([`${path}/containers: ${said}`]);
  });

  it('fail once where their schema says so', () => {
    expect(faults({ kind: 'Pod', metadata: { name: 'a' }, spec: {} })).toEqual([
      '/spec: containers is missing; the API requires it',
    ]);
  });
});

describe('fields', () => {
  it('that the API does not know fail, with the one that was probably meant', () => {
    const manifest = {
      ...container({ imagePulPolicy: 'Always', env: [{ name: 'A', valeu: '1' }] }),
      stauts: {},
    };
    expect(faults(manifest)).toEqual([
      '/spec/template/spec/containers/0/env/0/valeu: unknown field "valeu"; did you mean value?',
      '/spec/template/spec/containers/0/imagePulPolicy: unknown field "imagePulPolicy"; did you mean imagePullPolicy?',
      '/stauts: unknown field "stauts"; did you mean status?',
    ]);
  });

  it('that resemble none list those that there are', () => {
    expect(faults({ kind: 'ConfigMap', metadata: { name: 'a' }, completelyDifferent: 1 })).toEqual([
      '/completelyDifferent: unknown field "completelyDifferent"; the API knows: apiVersion, binaryData, data, immutable, kind, metadata',
    ]);
  });

  it('of maps are free', () => {
    const data = { anything: 'goes' };
    expect(faults({ kind: 'ConfigMap', metadata: { name: 'a', labels: data }, data })).toEqual([]);
  });

  it('of the wrong type, missing, or out of bounds fail', () => {
    const manifest = container({
      ports: [{ containerPort: '80' }],
      resources: { limits: { cpu: '1 core' } },
      tty: 'yes',
    });
    expect(faults({ ...manifest, spec: { ...manifest.spec, strategy: { type: 'Fast' } } })).toEqual([
      '/spec/strategy/type: "Fast" is not allowed; use one of: "Recreate", "RollingUpdate"',
      '/spec/template/spec/containers/0/ports/0/containerPort: "80" is not an integer',
      '/spec/template/spec/containers/0/resources/limits/cpu: "1 core" is not a quantity',
      '/spec/template/spec/containers/0/tty: "yes" is not a boolean',
    ]);
    expect(faults(deployment('api', { containers: [{ image: 'a' }] }))).toEqual([
      '/spec/template/spec/containers/0: name is missing; the API requires it',
    ]);
  });

  it('of Gateway API and Cilium are known as well', () => {
    const rules = [
      { matches: [{ path: { type: 'Prefix', value: '/' } }], timeouts: { request: '10s' }, timeout: 1 },
    ];
    const route = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'a' },
      spec: { rules },
    };
    expect(faults(route).sort()).toEqual([
      '/spec/rules/0/matches/0/path/type: "Prefix" is not allowed; use one of: "Exact", "PathPrefix", "RegularExpression"',
      '/spec/rules/0/timeout: unknown field "timeout"; did you mean timeouts?',
    ]);
    const spec = { endpointSelector: {}, egress: [{ toFQDNs: [{ matchname: 'a.example' }] }] };
    expect(
      faults({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'a' }, spec }),
    ).toEqual([
      '/spec/egress/0/toFQDNs/0/matchname: unknown field "matchname"; did you mean matchName?',
      '/spec/egress/0/toFQDNs/0: needs matchName or matchPattern, in a form that the API knows',
    ]);
  });

  it('of kinds whose schema is written by hand are held against it, and pods inside them against Kubernetes', () => {
    const spec = {
      networkPolicyManagement: 'Never',
      podTemplat: {},
      podTemplate: { spec: { containers: [{ nam: 'a', ports: [{ containerPort: '1' }] }] } },
    };
    const apiVersion = 'extensions.agents.x-k8s.io/v1beta1';
    expect(faults({ apiVersion, kind: 'SandboxTemplate', metadata: { name: 'a' }, spec })).toEqual([
      '/spec/podTemplat: unknown field "podTemplat"; did you mean podTemplate?',
      '/spec/networkPolicyManagement: "Never" is not allowed; use one of: "Managed", "Unmanaged"',
      '/spec/podTemplate/spec/containers/0/nam: unknown field "nam"; did you mean name?',
      '/spec/podTemplate/spec/containers/0: name is missing; the API requires it',
      '/spec/podTemplate/spec/containers/0/ports/0/containerPort: "1" is not an integer',
    ]);
  });

  it('of kinds that nobody here knows are left to the cluster', () => {
    expect(
      faults({ apiVersion: 'example.org/v1', kind: 'Own', metadata: { name: 'a' }, anything: { goes: 1 } }),
    ).toEqual([]);
  });
});
