import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Area, areaOf, ConfigMap, constructionSite, KubeObject, Namespace } from '../../constructs/index.ts';
import { chart } from './support.ts';

const lease = (name: string) => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name },
});

describe('KubeObject: one object with a name of its own', () => {
  test('takes the namespace and the labels of its chart', () => {
    const scope = new Chart(new App(), 'c', { namespace: 'agents', labels: { team: 'a' } });
    const manifest = new KubeObject(scope, 'lock', lease('lock')).toJson();
    expect(manifest.metadata).toEqual({ name: 'lock', namespace: 'agents', labels: { team: 'a' } });
  });

  test('takes any field where its type is not known', () => {
    const object = new KubeObject(chart(), 'lock', { ...lease('lock'), spec: { holderIdentity: 'a' } });
    expect(object.toJson()['spec']).toEqual({ holderIdentity: 'a' });
  });

  test('leaves the chart namespace out of cluster-scoped objects', () => {
    const namespace = new Namespace(chart(), 'agents');
    expect(namespace.toJson().metadata).toEqual({ name: 'agents' });
    expect(namespace.namespace).toBeUndefined();
  });

  test('is named by its id, or by its name wherever it stands in the tree', () => {
    const scope = chart();
    expect(new ConfigMap(scope, 'settings', { data: {} }).name).toBe('settings');
    expect(new ConfigMap(scope, 'second', { name: 'settings-2', data: {} }).name).toBe('settings-2');
  });

  test('fails for a name that Kubernetes refuses, with the construct path in front', () => {
    expect(() => new ConfigMap(chart(), 'settings', { name: 'My_Settings', data: {} })).toThrow(
      'platform/settings: metadata.name: "My_Settings" is not a DNS subdomain; use lower case letters',
    );
  });

  test('fails with every problem at once', () => {
    const make = () =>
      new ConfigMap(chart(), 'settings', { labels: { 'a b': 'c', d: '-' }, data: { 'x/y': '' } });
    expect(make).toThrow(/"a b" is not.*\n.*"-" is not a label value.*\n.*"x\/y" is not a data key/);
  });
});

describe('the construction site', () => {
  test('is the line that made the object', () => {
    const direct = new KubeObject(chart(), 'lock', lease('lock'));
    const built = new ConfigMap(chart(), 'settings', { data: {} });
    const [first, second] = [constructionSite(direct), constructionSite(built)];
    expect(first?.file).toBe(import.meta.filename);
    expect(second).toEqual({ file: import.meta.filename, line: (first?.line ?? 0) + 1, column: 19 });
  });

  test('is unknown for an object that is not ours', () => {
    expect(constructionSite(new Chart(new App(), 'c'))).toBeUndefined();
  });

  test('leaves the limit of stack traces as it was', () => {
    const before = Error.stackTraceLimit;
    new KubeObject(chart(), 'lock', lease('lock'));
    expect(Error.stackTraceLimit).toBe(before);
  });
});

describe('the area of an object', () => {
  test('is the nearest area above it', () => {
    const inner = new Area(new Area(chart(), 'network'), 'ingress');
    expect(areaOf(new ConfigMap(inner, 'settings', { data: {} }))).toBe('ingress');
  });

  test('is the chart without one', () => {
    expect(areaOf(new ConfigMap(chart(), 'settings', { data: {} }))).toBe('platform');
  });

  test('is the nearer of a chart and an area around it', () => {
    const nested = new Chart(new Area(new App(), 'outer'), 'nested');
    expect(areaOf(new ConfigMap(nested, 'settings', { data: {} }))).toBe('nested');
  });
});
