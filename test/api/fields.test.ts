import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unknownFields, unknownFieldsOf, validatorOf } from '../../api/fields.ts';
import { fieldTable, fieldTableText } from '../../tools/generate-fields.ts';

describe('the table of fields', () => {
  it('is what the installed packages say (else run: node tools/generate-fields.ts)', () => {
    const written = readFileSync(new URL('../../api/fields.generated.json', import.meta.url), 'utf8');
    expect(written === fieldTableText(fieldTable())).toBe(true);
  });

  it('knows the kinds of the packages and where their validators are', () => {
    expect(validatorOf('apps/v1', 'Deployment')).toEqual({
      package: 'kubernetes-models',
      definition: 'IoK8sApiAppsV1Deployment',
    });
    expect(validatorOf('gateway.networking.k8s.io/v1', 'ListenerSet')?.package).toBe(
      '@kubernetes-models/gateway-api',
    );
    expect(validatorOf('cilium.io/v2', 'CiliumNetworkPolicy')?.package).toBe('@kubernetes-models/cilium');
    expect(validatorOf('extensions/v1beta1', 'Ingress')).toBeUndefined();
    expect(validatorOf('v1', 'constructor')).toBeUndefined();
  });

  it('knows what Gateway API brought last', () => {
    const rule = {
      timeouts: { request: '1s' },
      sessionPersistence: { sessionName: 'a' },
      retry: { attempts: 1 },
      name: 'a',
    };
    const spec = { rules: [rule], useDefaultGateways: 'All' };
    expect(unknownFields({ spec }, 'gateway.networking.k8s.io/v1', 'HTTPRoute')).toEqual([]);
    const gateway = { infrastructure: { labels: { a: 'b' } }, allowedListeners: {}, tls: { frontend: {} } };
    expect(unknownFields({ spec: gateway }, 'gateway.networking.k8s.io/v1', 'Gateway')).toEqual([]);
  });

  it('finds unknown fields in lists, maps and choices, by JSON pointer', () => {
    const template = {
      spec: {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', emptyDirr: {} },
        ],
      },
    };
    expect(unknownFields({ spec: { template } }, 'batch/v1', 'Job')).toMatchObject([
      { path: '/spec/template/spec/volumes/1/emptyDirr', field: 'emptyDirr' },
    ]);
    const properties = { 'a/b': { type: 'string', tpye: 1 } };
    const version = { name: 'v1', schema: { openAPIV3Schema: { properties } } };
    const crd = { spec: { versions: [version] } };
    expect(unknownFields(crd, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition')).toMatchObject([
      { path: '/spec/versions/0/schema/openAPIV3Schema/properties/a~1b/tpye' },
    ]);
  });

  it('says nothing of values that are no objects, whatever stands there', () => {
    for (const spec of [null, 1, 'text', [], [[{}]], true]) {
      expect(unknownFields({ spec } as never, 'apps/v1', 'Deployment')).toEqual([]);
    }
  });

  it('knows types that objects of other kinds hold', () => {
    expect(unknownFieldsOf({ containers: [], containres: [] }, 'IoK8sApiCoreV1PodSpec', '/x')).toMatchObject([
      { path: '/x/containres' },
    ]);
    expect(unknownFieldsOf({ any: 1 }, 'NoSuchType', '')).toEqual([]);
  });
});
