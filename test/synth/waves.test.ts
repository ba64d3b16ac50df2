import { Chart, App as StockApp } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { LevelGraph } from '../../synth/longest-path.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { add, chart, deployment, problemsOf, wavesOf } from './tree.ts';

const ROUTE = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
const GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge' },
  spec: { gatewayClassName: 'any', listeners: [{ name: 'https', port: 443, protocol: 'HTTPS' }] },
};

describe('the wave of an object', () => {
  it('follows from what must work before it', () => {
    const scope = chart('web');
    add(scope, { kind: 'Namespace', metadata: { name: 'web', namespace: null } });
    add(scope, { kind: 'ServiceAccount', metadata: { name: 'api' } });
    add(scope, { kind: 'Service', metadata: { name: 'api' }, spec: { ports: [{ port: 80 }] } });
    add(scope, GATEWAY);
    add(scope, {
      ...ROUTE,
      metadata: { name: 'api' },
      spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'api', port: 80 }] }] },
    });
    add(scope, deployment('api', { serviceAccountName: 'api' }));
    add(scope, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'api' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' } },
    });
    expect(wavesOf(synthesize(scope))).toEqual({
      'Namespace web': 0,
      'ServiceAccount api': 10,
      'Service api': 20,
      'Gateway edge': 20,
      'HTTPRoute api': 21,
      'Deployment api': 30,
      'HorizontalPodAutoscaler api': 40,
    });
  });

  it('is written where Argo CD reads it, beside other annotations', () => {
    const scope = chart();
    add(scope, { kind: 'Namespace', metadata: { name: 'a', annotations: { zone: '1', 'a.b/c': '2' } } });
    const [object] = synthesize(scope);
    expect(JSON.stringify(object?.manifest.metadata.annotations)).toBe(
      '{"a.b/c":"2","argocd.argoproj.io/sync-wave":"0","zone":"1"}',
    );
  });

  it('is not written when the app says so', () => {
    const scope = chart();
    add(scope, { kind: 'Namespace', metadata: { name: 'a' } });
    const [object] = synthesize(scope, { syncWaves: false });
    expect(object).toMatchObject({ wave: 0, manifest: { metadata: { name: 'a' } } });
    expect(object?.manifest.metadata.annotations).toBeUndefined();
  });

  it('stays as an author wrote it, and what refers to the object comes later', () => {
    const scope = chart();
    const annotations = { 'argocd.argoproj.io/sync-wave': '35' };
    add(scope, { kind: 'ServiceAccount', metadata: { name: 'late', annotations } });
    add(scope, deployment('api', { serviceAccountName: 'late' }));
    expect(wavesOf(synthesize(scope))).toEqual({ 'ServiceAccount late': 35, 'Deployment api': 36 });
  });

  it('is that of its consumer for a claim, which may wait for its first consumer to be healthy', () => {
    const scope = chart();
    const spec = {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '1Gi' } },
    };
    add(scope, { kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec });
    add(scope, {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'fast' },
      provisioner: 'x.example',
    });
    add(
      scope,
      deployment('api', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
    );
    expect(wavesOf(synthesize(scope))).toEqual({
      'StorageClass fast': 0,
      'PersistentVolumeClaim data': 30,
      'Deployment api': 30,
    });
  });

  it('comes after the definition of its kind', () => {
    const scope = chart();
    const names = { kind: 'Moose', plural: 'moose' };
    add(scope, {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'moose.example.org', annotations: { 'argocd.argoproj.io/sync-wave': '50' } },
      spec: {
        group: 'example.org',
        names,
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    });
    add(scope, { apiVersion: 'example.org/v1', kind: 'Moose', metadata: { name: 'a' } });
    expect(wavesOf(synthesize(scope))).toMatchObject({ 'Moose a': 51 });
  });

  it('does not change when an unrelated object is added', () => {
    const scope = chart('web');
    add(scope, deployment('api'));
    add(scope, { kind: 'ServiceAccount', metadata: { name: 'a' } });
    const before = wavesOf(synthesize(scope));
    add(scope, { kind: 'Service', metadata: { name: 'other' }, spec: { ports: [{ port: 80 }] } });
    add(scope, deployment('other'));
    expect(wavesOf(synthesize(scope))).toMatchObject(before);
  });

  it('follows templates, pools and claims in a chain', () => {
    const scope = chart();
    const apiVersion = 'extensions.agents.x-k8s.io/v1beta1';
    const podTemplate = { spec: { containers: [{ name: 'a', image: 'registry.example/a:1.0.0' }] } };
    add(scope, {
      apiVersion,
      kind: 'SandboxClaim',
      metadata: { name: 'c' },
      spec: { warmPoolRef: { name: 'p' } },
    });
    add(scope, {
      apiVersion,
      kind: 'SandboxWarmPool',
      metadata: { name: 'p' },
      spec: { sandboxTemplateRef: { name: 't' } },
    });
    add(scope, { apiVersion, kind: 'SandboxTemplate', metadata: { name: 't' }, spec: { podTemplate } });
    expect(wavesOf(synthesize(scope))).toEqual({
      'SandboxTemplate t': 30,
      'SandboxWarmPool p': 31,
      'SandboxClaim c': 32,
    });
  });
});

describe('explicit dependencies', () => {
  it('order every object of one construct after every object of the other', () => {
    const scope = chart();
    const [api, worker] = [new Construct(scope, 'api'), new Construct(scope, 'worker')];
    add(api, deployment('api'));
    add(new Construct(api, 'more'), deployment('more'));
    add(worker, deployment('worker'));
    worker.node.addDependency(api);
    expect(wavesOf(synthesize(scope))).toEqual({
      'Deployment api': 30,
      'Deployment more': 30,
      'Deployment worker': 31,
    });
  });

  it('between a construct and one inside it concern what is not in both', () => {
    const scope = chart();
    const inner = new Construct(scope, 'inner');
    add(scope, deployment('outer'));
    add(inner, deployment('inner'));
    scope.node.addDependency(inner);
    expect(wavesOf(synthesize(scope))).toEqual({ 'Deployment inner': 30, 'Deployment outer': 31 });
  });

  it('cost no more than the tree: a chain of charts that cdk8s would not finish', () => {
    const app = new StockApp();
    const charts = Array.from({ length: 200 }, (_, index) => new Chart(app, `c${index}`));
    for (const [index, scope] of charts.entries()) {
      for (let i = 0; i < 10; i++) add(scope, deployment(`d${index}-${i}`));
      for (const earlier of charts.slice(Math.max(0, index - 5), index)) scope.addDependency(earlier);
    }
    const waves = synthesize(app).map(({ wave }) => wave);
    expect(Math.max(...waves)).toBe(30 + 199);
  });

  it('fail where they close a circle, naming everything on it', () => {
    const scope = chart('web');
    const account = add(scope, { kind: 'ServiceAccount', metadata: { name: 'api' } });
    const api = add(scope, deployment('api', { serviceAccountName: 'api' }));
    account.addDependency(api);
    expect(problemsOf(scope)).toEqual([
      {
        where: 'chart/serviceaccount-api, chart/deployment-api',
        what: 'no apply order exists, each waits for the next: ServiceAccount web/api -> Deployment web/api -> ServiceAccount web/api',
        remedy: 'remove one of these references or dependencies',
      },
    ]);
  });
});

describe('a graph of levels', () => {
  it('gives each node the least level that satisfies its edges', () => {
    const graph = new LevelGraph();
    const [a, b, c] = [graph.addNode(5), graph.addNode(0), graph.addNode(2)];
    graph.addEdge(b, a, 1);
    graph.addEdge(c, b, 0);
    graph.addEdge(c, a, 3);
    expect(graph.levels()).toEqual({ levels: [5, 6, 8], cycles: [] });
  });

  it('takes a chain of any length, and layers in which every node asks for every other', () => {
    const chain = new LevelGraph();
    for (let i = 0; i < 100_000; i++) {
      chain.addNode(0);
      if (i > 0) chain.addEdge(i - 1, i, 1);
    }
    expect(chain.levels().levels[0]).toBe(99_999);
    const layers = new LevelGraph();
    for (let i = 0; i < 40 * 10; i++) layers.addNode(0);
    for (let layer = 1; layer < 40; layer++) {
      for (let i = 0; i < 100; i++)
        layers.addEdge(layer * 10 + (i % 10), (layer - 1) * 10 + Math.floor(i / 10), 1);
    }
    expect(Math.max(...layers.levels().levels)).toBe(39);
  });

  it('fails to order a circle, and names it', () => {
    const graph = new LevelGraph();
    for (let i = 0; i < 4; i++) graph.addNode(0);
    graph.addEdge(0, 1, 1);
    graph.addEdge(1, 2, 0);
    graph.addEdge(2, 1, 0);
    graph.addEdge(3, 3, 1);
    expect(graph.levels().cycles).toEqual([[1, 2], [3]]);
  });
});
