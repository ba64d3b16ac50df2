import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../core/manifest.ts';
import { isDefault, isEmptyLeftOut } from './defaults.ts';
import { billionths } from './quantity.ts';
import { compare } from './read-back.ts';

const METADATA = { name: 'web', namespace: 'shop' };

describe('what is read back', () => {
  test('equals what was written, quantities by value and lists in order', () => {
    const written = { spec: { resources: { limits: { cpu: '1000m', memory: '1024Mi' } }, args: ['a', 'b'] } };
    const read = { spec: { resources: { limits: { cpu: '1', memory: '1Gi' } }, args: ['a', 'b'] } };
    expect(compare(written, read)).toEqual({ changed: [], added: [] });
  });

  test('fails for a quantity of another value', () => {
    const { changed } = compare({ spec: { hard: { cpu: '1' } } }, { spec: { hard: { cpu: '1m' } } });
    expect(changed).toEqual([{ path: '/spec/hard/cpu', written: '1', read: '1m' }]);
  });

  test('fails for text that only looks like a quantity', () => {
    const { changed } = compare({ data: { size: '1000m' } }, { data: { size: '1' } });
    expect(changed).toEqual([{ path: '/data/size', written: '1000m', read: '1' }]);
  });

  test('fails for a field that the server dropped', () => {
    expect(compare({ spec: { a: 1 } }, { spec: {} }).changed).toEqual([
      { path: '/spec/a', written: 1, read: undefined },
    ]);
  });

  test('fails for a list in another order', () => {
    expect(compare({ args: ['a', 'b'] }, { args: ['b', 'a'] }).changed).toHaveLength(2);
  });
});

describe('what the server added', () => {
  const service: Manifest = { apiVersion: 'v1', kind: 'Service', metadata: METADATA };

  test('is a default where the API documents it', () => {
    expect(isDefault(service, { path: '/spec/type', written: undefined, read: 'ClusterIP' }, [])).toBe(true);
  });

  test('fails where the value is not the default', () => {
    expect(isDefault(service, { path: '/spec/type', written: undefined, read: 'NodePort' }, [])).toBe(false);
  });

  test('fails where nothing documents it', () => {
    expect(isDefault(service, { path: '/spec/externalName', written: undefined, read: 'x' }, [])).toBe(false);
  });

  test('is a default of a custom resource where its CRD says so', () => {
    const manifest: Manifest = { apiVersion: 'example.org/v1', kind: 'Widget', metadata: METADATA };
    const items = { properties: { mode: { default: 'Managed' } } };
    const schema = { openAPIV3Schema: { properties: { spec: { properties: { parts: { items } } } } } };
    const crd = {
      ...manifest,
      spec: { group: 'example.org', names: { kind: 'Widget' }, versions: [{ name: 'v1', schema }] },
    };
    const path = '/spec/parts/0/mode';
    expect(isDefault(manifest, { path, written: undefined, read: 'Managed' }, [crd])).toBe(true);
    expect(isDefault(manifest, { path, written: undefined, read: 'Manual' }, [crd])).toBe(false);
  });
});

describe('an empty list that the server leaves out', () => {
  const manifest: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: METADATA,
  };

  test('says the same as none where the type of policy is written', () => {
    expect(isEmptyLeftOut(manifest, { path: '/spec/ingress', written: [], read: undefined })).toBe(true);
  });

  test('fails for a selector, which selects everything when empty', () => {
    expect(isEmptyLeftOut(manifest, { path: '/spec/podSelector', written: {}, read: undefined })).toBe(false);
  });
});

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1.5Gi', '1536Mi'],
  ['1e3', '1k'],
  ['100n', '0.0000001'],
])('%s and %s are one quantity', (one, other) => {
  expect(billionths(one)).toBe(billionths(other));
});

test.each(['', 'Mi', '1 Gi', '1GiB', '0x10'])('%j is no quantity', (text) => {
  expect(billionths(text)).toBeUndefined();
});
