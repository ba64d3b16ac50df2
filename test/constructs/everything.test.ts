import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { ApiObject } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../api/index.ts';
import * as constructs from '../../constructs/index.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { everything } from './everything.ts';

const chart = everything();
const manifests = chart.node.children
  .filter((child) => ApiObject.isApiObject(child))
  .map((child) => child.toJson());

/** Where the package with a kind's schema is. */
function packageOf(apiVersion: string): string {
  if (apiVersion.startsWith('gateway.networking.k8s.io/'))
    return `@kubernetes-models/gateway-api/${apiVersion}`;
  if (apiVersion.startsWith('cilium.io/')) return `@kubernetes-models/cilium/${apiVersion}`;
  return `kubernetes-models/${apiVersion}`;
}

/** Checks a manifest against the schema of its API. @throws Error that names each wrong field */
async function validate(manifest: { readonly apiVersion: string; readonly kind: string }): Promise<void> {
  const schema = schemaOf(manifest.apiVersion, manifest.kind);
  if (schema !== undefined) {
    const ajv = new Ajv({ allErrors: true });
    ajv.addKeyword('x-sluice-ref');
    addFormats.default(ajv);
    if (!ajv.validate(schema, manifest)) throw new Error(ajv.errorsText());
    return;
  }
  const models = await import(packageOf(manifest.apiVersion));
  new models[manifest.kind](manifest).validate();
}

describe('every construct, with every option', () => {
  test('is there', () => {
    const kinds = new Set(manifests.map(({ kind }) => kind));
    const classes = Object.entries(constructs).filter(
      ([, value]) =>
        typeof value === 'function' &&
        Object.prototype.isPrototypeOf.call(constructs.KubeObject.prototype, value.prototype ?? {}),
    );
    const missing = classes
      .map(([name]) => (name === 'HttpRoute' ? 'HTTPRoute' : name))
      .filter((name) => !kinds.has(name));
    expect(missing).toEqual(['WorkloadObject']);
  });

  test.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest]))(
    'writes %s as its schema has it',
    async (_, manifest) => {
      await expect(validate(manifest)).resolves.toBeUndefined();
    },
  );

  test('writes no field that its API does not know', () => {
    expect(synthesize(chart)).toHaveLength(manifests.length);
  });

  test('fails for a field of a wrong type, or a word that its API does not know', async () => {
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      spec: { policyTypes: ['In'] },
    };
    await expect(validate(policy)).rejects.toThrow('policyTypes');
    const pool = {
      apiVersion: 'extensions.agents.x-k8s.io/v1beta1',
      kind: 'SandboxWarmPool',
      spec: { replicas: '2' },
    };
    await expect(validate(pool)).rejects.toThrow('replicas must be integer');
  });
});
