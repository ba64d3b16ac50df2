import { createHash } from 'node:crypto';
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { Area } from '../../constructs/area.ts';
import { KubeObject } from '../../constructs/kube-object.ts';
import { HEADER, outputOf } from '../../synth/output.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { add, chart, deployment } from './tree.ts';

const DESCRIPTION = {
  platform: 'agents',
  environment: 'test',
  packs: ['rbac'],
  parameters: { host: 'a.example' },
  externals: [],
};

function filesOf(scope: Chart): string[] {
  return [...outputOf(synthesize(scope), DESCRIPTION).manifests.keys()];
}

describe('the output of an environment', () => {
  it('has one file an object, by area, kind and name, each with a line that says where it comes from', () => {
    const scope = chart('web');
    add(new Area(scope, 'api'), deployment('api'));
    add(new Area(scope, 'namespace'), { kind: 'Namespace', metadata: { name: 'web' } });
    const { manifests } = outputOf(synthesize(scope), DESCRIPTION);
    expect([...manifests.keys()]).toEqual(['namespace/namespace-web.yaml', 'api/deployment-api.yaml']);
    for (const text of manifests.values()) expect(text.startsWith(`${HEADER}apiVersion: `)).toBe(true);
  });

  it('has an index with order, source map and hashes', () => {
    const scope = chart('web');
    new KubeObject(new Area(scope, 'settings'), 'mode', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'mode' },
    });
    const { manifests, index } = outputOf(synthesize(scope), DESCRIPTION);
    const text = manifests.get('settings/configmap-mode.yaml') ?? '';
    expect(JSON.parse(index)).toEqual({
      version: 1,
      ...DESCRIPTION,
      objects: [
        {
          order: 0,
          file: 'settings/configmap-mode.yaml',
          apiVersion: 'v1',
          kind: 'ConfigMap',
          namespace: 'web',
          name: 'mode',
          wave: 10,
          construct: 'chart/settings/mode',
          source: expect.stringMatching(/^test\/synth\/output\.test\.ts:\d+$/),
          sha256: createHash('sha256').update(text).digest('hex'),
        },
      ],
    });
  });

  it('leaves the source out where nobody recorded it', () => {
    const scope = chart();
    add(scope, { kind: 'Namespace', metadata: { name: 'a' } });
    expect(JSON.parse(outputOf(synthesize(scope), DESCRIPTION).index).objects[0]).not.toHaveProperty(
      'source',
    );
  });
});

describe('file names', () => {
  it('get the part by which objects differ that would share one', () => {
    const scope = chart();
    add(scope, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' } });
    add(scope, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'y' } });
    add(scope, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'edge', namespace: 'x' },
    });
    const spec = { gatewayClassName: 'c', listeners: [{ name: 'l', port: 80, protocol: 'HTTP' }] };
    const apiVersion = 'gateway.networking.k8s.io/v1';
    add(scope, { apiVersion, kind: 'Gateway', metadata: { name: 'edge', namespace: 'x' }, spec });
    add(scope, { kind: 'ConfigMap', metadata: { name: 'b', namespace: 'x' } });
    expect(filesOf(scope).sort()).toEqual([
      'chart/configmap-b.yaml',
      'chart/configmap-x_a.yaml',
      'chart/configmap-y_a.yaml',
      'chart/gateway.gateway.networking.k8s.io-edge.yaml',
      'chart/gateway.networking.istio.io-edge.yaml',
    ]);
  });

  it('are safe on every file system', () => {
    const scope = chart();
    const role = (name: string) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [],
    });
    const area = new Area(scope, '..');
    for (const [id, name] of ['system:node', 'Case', 'case'].entries())
      add(new Construct(area, `c${id}`), role(name));
    add(scope, { kind: 'ConfigMap', metadata: { name: `${'a'.repeat(63)}.`.repeat(3) + 'b'.repeat(60) } });
    const files = filesOf(scope).sort();
    expect(files).toEqual([
      expect.stringMatching(/^__\/clusterrole-Case-[0-9a-f]{8}\.yaml$/),
      expect.stringMatching(/^__\/clusterrole-case-[0-9a-f]{8}\.yaml$/),
      '__/clusterrole-system%3Anode.yaml',
      expect.stringMatching(/^chart\/configmap-[a.]+-[0-9a-f]{8}\.yaml$/),
    ]);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(4);
  });
});
