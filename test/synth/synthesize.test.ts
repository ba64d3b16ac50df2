import { ApiObject, Chart, App as StockApp } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Area } from '../../constructs/area.ts';
import { KubeObject } from '../../constructs/kube-object.ts';
import { identityOf, identityText } from '../../core/manifest.ts';
import { outputOf } from '../../synth/output.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { add, chart, deployment, problemsOf } from './tree.ts';

describe('synthesizing a tree', () => {
  it('works on a plain cdk8s app', () => {
    const scope = chart('web');
    add(scope, { kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } });
    expect(synthesize(scope.node.root)).toMatchObject([
      {
        area: 'chart',
        wave: 10,
        manifest: { kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'web' } },
      },
    ]);
  });

  it('names the area of each object: the nearest one above it', () => {
    const scope = chart();
    add(new Area(new Construct(new Area(scope, 'outer'), 'group'), 'inner'), {
      kind: 'Namespace',
      metadata: { name: 'a' },
    });
    expect(synthesize(scope).map(({ area }) => area)).toEqual(['inner']);
  });

  it('renders each object once and runs each validation once', () => {
    const scope = chart();
    const calls = { toJson: 0, validate: 0 };
    class Counted extends ApiObject {
      override toJson(): object {
        calls.toJson++;
        return super.toJson();
      }
    }
    for (let i = 0; i < 20; i++) {
      const object = new Counted(scope, `o${i}`, { apiVersion: 'example.org/v1', kind: 'Own' });
      object.node.addValidation({
        validate: () => {
          calls.validate++;
          return [];
        },
      });
    }
    synthesize(scope.node.root);
    expect(calls).toEqual({ toJson: 20, validate: 20 });
  });

  it('keeps to the tree: nothing in it changes, so a second run gives the same', () => {
    const scope = chart('web');
    add(scope, deployment('api'));
    expect(synthesize(scope).map(({ manifest }) => manifest)).toEqual(
      synthesize(scope).map(({ manifest }) => manifest),
    );
  });

  it('gives the same bytes whatever the order of construction', () => {
    const manifests = [
      { kind: 'Namespace', metadata: { name: 'web' } },
      { kind: 'ConfigMap', metadata: { name: 'b', namespace: 'web', annotations: { z: '1', a: '2' } } },
      { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'web' } },
      { kind: 'ServiceAccount', metadata: { name: 'a', namespace: 'web' } },
      deployment('api', { serviceAccountName: 'a' }, { namespace: 'web' }),
      deployment('web', {}, { namespace: 'web' }),
      { apiVersion: 'a.example.org/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'web' } },
      { apiVersion: 'b.example.org/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'web' } },
    ];
    const bytes = (order: readonly (typeof manifests)[number][]) => {
      const scope = chart();
      for (const manifest of order) {
        const id = `${manifest.kind}-${manifest.metadata.name}-${'apiVersion' in manifest ? manifest.apiVersion : ''}`;
        new ApiObject(scope, id, { apiVersion: 'v1', ...manifest });
      }
      const description = { platform: 'p', environment: 'e', packs: [], parameters: {}, externals: [] };
      const { manifests: files, index } = outputOf(synthesize(scope), description);
      return [...files, index];
    };
    const expected = bytes(manifests);
    fc.assert(
      fc.property(fc.shuffledSubarray(manifests, { minLength: manifests.length }), (order) => {
        expect(bytes(order)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('orders by wave, then by kind and name', () => {
    const scope = chart('web');
    add(scope, deployment('api'));
    add(scope, { kind: 'Service', metadata: { name: 'b' }, spec: { ports: [{ port: 80 }] } });
    add(scope, { kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } });
    add(scope, { kind: 'Namespace', metadata: { name: 'web', namespace: null } });
    expect(synthesize(scope).map(({ manifest }) => identityText(identityOf(manifest)))).toEqual([
      'Namespace web/web',
      'Service web/a',
      'Service web/b',
      'Deployment web/api',
    ]);
  });
});

describe('what is wrong with a tree', () => {
  it('fails with everything at once, each by its construct path', () => {
    const scope = chart('web');
    add(scope, { kind: 'ConfigMap', metadata: { name: 'Big' } });
    add(scope, { kind: 'ConfigMap', metadata: { name: 'typo' }, dat: {} });
    scope.node.addValidation({ validate: () => ['needs a database'] });
    expect(problemsOf(scope).map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'chart: needs a database',
      'chart/configmap-big: /metadata/name: "Big" is not a DNS subdomain',
      'chart/configmap-typo: /dat: unknown field "dat"',
    ]);
  });

  it('fails for two objects of one identity, naming both constructs and the code that made them', () => {
    const scope = chart();
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent', namespace: 'ops' },
    };
    new KubeObject(scope, 'first', manifest);
    new KubeObject(new Chart(scope, 'other'), 'second', { ...manifest, apiVersion: 'apps/v1beta2' });
    const here = /test\/synth\/synthesize\.test\.ts:\d+/;
    const duplicate = problemsOf(scope).find(({ what }) => what.includes('also made'));
    expect(duplicate?.what).toMatch(/^DaemonSet ops\/agent is also made by chart\/first \(/);
    expect(duplicate?.what).toMatch(here);
    expect(duplicate?.where).toMatch(/^chart\/other\/second \(/);
    expect(duplicate?.where).toMatch(here);
  });

  it('fails for two cluster-scoped objects of one name, whatever namespace their charts write into them', () => {
    const scope = chart();
    add(scope, { kind: 'Namespace', metadata: { name: 'a', namespace: 'x' } });
    add(scope, { kind: 'Namespace', metadata: { name: 'a', namespace: 'y' } });
    expect(problemsOf(scope).map(({ what }) => what)).toEqual([
      'Namespace a is also made by chart/namespace-a',
    ]);
  });

  it('takes objects of one name in two namespaces, kinds or groups for what they are', () => {
    const scope = chart();
    add(scope, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' } });
    add(scope, { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'y' } });
    add(scope, { kind: 'ServiceAccount', metadata: { name: 'a', namespace: 'x' } });
    const other = {
      apiVersion: 'example.org/v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'x' },
    };
    add(new Construct(scope, 'other'), other);
    expect(synthesize(scope)).toHaveLength(4);
  });

  it('fails for a value that no manifest can hold', () => {
    const scope = chart();
    add(scope, { kind: 'ConfigMap', metadata: { name: 'a' }, data: { when: new Date(0) } });
    expect(problemsOf(scope)).toEqual([
      {
        where: 'chart/configmap-a: /data/when',
        what: 'an instance of Date cannot be written to a manifest',
        remedy: 'give its text, such as that of toISOString()',
      },
    ]);
  });

  it('walks a deep tree without exhausting the stack', () => {
    const app = new StockApp();
    let scope: Construct = new Chart(app, 'chart');
    for (let depth = 0; depth < 2000; depth++) scope = new Construct(scope, 'in');
    add(scope, { kind: 'Namespace', metadata: { name: 'deep' } });
    expect(synthesize(app)).toHaveLength(1);
  });
});
