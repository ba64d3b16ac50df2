import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { KIND_SCHEMAS, scopeOf } from '../../api/index.ts';
import type { JsonObject } from '../../core/manifest.ts';
import { Client } from '../../tools/servers/client.ts';
import { type CustomResourceDefinition, haveCrds, realCrds } from './crds.ts';
import { schemaDifferences } from './schema-difference.ts';

/** AKS installs it and nobody publishes its CRD, so there is nothing to hold it against. */
const UNPUBLISHED = ['DefaultDomainCertificate'];

const crds: readonly CustomResourceDefinition[] = haveCrds ? realCrds() : [];
const KINDS = KIND_SCHEMAS.filter(({ kind }) => !UNPUBLISHED.includes(kind)).map(
  ({ apiVersion, kind, schema }) => ({
    name: `${apiVersion} ${kind}`,
    ours: schema as unknown as JsonObject,
    theirs: realSchema(apiVersion, kind),
  }),
);

describe.skipIf(!haveCrds)('a hand-written schema and the real CRD know the same fields', () => {
  test.each(KINDS)('$name', ({ ours, theirs }) => {
    expect(theirs).toBeDefined();
    expect(schemaDifferences(specOf(ours), specOf(theirs ?? {}), '/spec')).toEqual([]);
  });
});

describe('schemaDifferences fails for', () => {
  const schema = {
    type: 'object',
    required: ['mode'],
    properties: { mode: { type: 'string', enum: ['A', 'B'] } },
  };
  test.each<[string, JsonObject, string]>([
    ['a field that only ours has', { ...schema, properties: {} }, '/mode: theirs does not know it'],
    [
      'a field that only theirs has',
      { ...schema, properties: { ...schema.properties, size: { type: 'integer' } } },
      '/size: ours does not know it',
    ],
    [
      'another enumeration',
      { ...schema, properties: { mode: { type: 'string', enum: ['A'] } } },
      '/mode: ours allows [A, B], theirs [A]',
    ],
    [
      'another type',
      { ...schema, properties: { mode: { type: 'integer', enum: ['A', 'B'] } } },
      '/mode: ours is string, theirs integer',
    ],
    ['other required fields', { ...schema, required: [] }, ': ours requires [mode], theirs []'],
  ])('%s', (_, theirs, difference) => {
    expect(schemaDifferences(schema, schema)).toEqual([]);
    expect(schemaDifferences(schema, theirs)).toEqual([difference]);
  });
});

describe('the scope that we believe a kind to have', () => {
  let client: Client;
  beforeAll(() => {
    client = new Client(inject('access'));
  });
  afterAll(() => client.close());

  test('is the scope that the API server serves it with', async () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const version of await servedVersions(client)) {
      const root = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
      for (const resource of (await client.send('GET', root)).body['resources'] as unknown as Resource[]) {
        if (resource.name.includes('/')) continue;
        compared++;
        const scope = resource.namespaced ? 'Namespaced' : 'Cluster';
        const believed = scopeOf(version, resource.kind);
        if (believed !== scope) wrong.push(`${version} ${resource.kind}: ${scope}, not ${believed}`);
      }
    }
    expect(compared).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });
});

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

async function servedVersions(client: Client): Promise<string[]> {
  const { body } = await client.send('GET', '/apis');
  const groups = body['groups'] as readonly {
    readonly versions: readonly { readonly groupVersion: string }[];
  }[];
  return ['v1', ...groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion))];
}

function realSchema(apiVersion: string, kind: string): JsonObject | undefined {
  const [group, version] = apiVersion.split('/');
  const crd = crds.find(({ spec }) => spec.group === group && spec.names.kind === kind);
  return crd?.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
}

function specOf(schema: JsonObject): JsonObject {
  return (schema['properties'] as Record<string, JsonObject>)['spec'] ?? {};
}
