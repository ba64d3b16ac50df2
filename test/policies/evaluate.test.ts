import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { check } from '../../policies/check.ts';
import { evaluatePack } from '../../policies/evaluate.ts';
import { inventoryOf } from '../../testing/manifests.ts';
import { opa, samplePack } from './rego-root.ts';

const pod = (name: string, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec,
});

const always = (id: string) => ({
  id,
  body: `deny contains {"path": "/spec", "message": $"${id} at {input.metadata.name}"}`,
});
/** Conflicts where the spec says so: one value is 1 and 2. */
const conflicting = {
  id: 'sample-conflicting',
  body: 'value := 1 if input.spec.conflict\n\nvalue := 2 if input.spec.conflict\n\ndeny contains {"path": "", "message": "conflicting"} if value > 0',
};

describe.skipIf(opa === undefined)('evaluating a pack', () => {
  it('a conflict in one rule hides neither the other rules nor the other objects', async () => {
    const pack = await samplePack(always('sample-first'), conflicting, always('sample-last'));
    const { findings, errors } = await check(
      [pack],
      inventoryOf([pod('a'), pod('b', { conflict: true }), pod('c')]),
    );
    expect(findings.map(({ message }) => message)).toEqual([
      'sample-first at a',
      'sample-first at b',
      'sample-first at c',
      'sample-last at a',
      'sample-last at b',
      'sample-last at c',
    ]);
    expect(errors).toEqual([
      {
        rule: 'sample-conflicting',
        object: 'Pod b',
        reason: expect.stringMatching(/conflicting\.rego:\d+:\d+:.*conflict/),
      },
    ]);
  });

  it('a rule that always breaks is given up after ten objects, and wears out no module', async () => {
    const pack = await samplePack(always('sample-first'), conflicting);
    const pods = Array.from({ length: 700 }, (_, index) => pod(`pod-${index}`, { conflict: true }));
    const { findings, errors } = await check([pack], inventoryOf(pods));
    // an instance that were kept would be out of stack after some five hundred
    expect(findings).toHaveLength(700);
    expect(errors).toHaveLength(10);
  });

  it('a conflict in a graph rule hides no other graph rule', async () => {
    const broken = {
      id: 'sample-broken',
      scope: 'graph' as const,
      body: 'value := count(pod.spec) if some pod in data.inventory.kinds.Pod\n\ndeny contains {"path": "", "message": "no", "object": {}} if value > 5',
    };
    const sound = {
      id: 'sample-sound',
      scope: 'graph' as const,
      body: 'deny contains {"path": "", "message": "seen", "object": pod} if some pod in data.inventory.kinds.Pod',
    };
    const { findings, errors } = await check(
      [await samplePack(broken, sound)],
      inventoryOf([pod('a'), pod('b', { c: 1 })]),
    );
    expect(findings.map(({ message, object }) => `${message} ${object.name}`)).toEqual(['seen a', 'seen b']);
    expect(errors.map(({ rule }) => rule)).toEqual(['sample-broken']);
  });

  it('what is no finding is an error, not silence', async () => {
    const odd = (id: string, value: string) => ({ id, body: `deny contains ${value}` });
    const pack = await samplePack(
      odd('sample-text', '"no"'),
      odd('sample-pointer', '{"path": "spec", "message": "no"}'),
      odd('sample-message', '{"path": "", "message": 1}'),
    );
    const { findings, errors } = await check([pack], inventoryOf([pod('a')]));
    expect(findings).toEqual([]);
    expect(errors.map(({ rule, object }) => `${rule} at ${object}`).toSorted()).toEqual([
      'sample-message at Pod a',
      'sample-pointer at Pod a',
      'sample-text at Pod a',
    ]);
    expect(errors.map(({ reason }) => reason)).toContain('returned "no", which is no finding');
  });

  it('text outside ASCII arrives whole', async () => {
    const { findings } = await check(
      [await samplePack(always('sample-first'))],
      inventoryOf([pod('größe-日本-🚰')]),
    );
    expect(findings[0]?.message).toBe('sample-first at größe-日本-🚰');
  });

  it.each([
    ['numbers that floats cannot hold', { number: 1e300, small: 1e-7, negative: -0 }],
    ['half of a surrogate pair', { text: 'a\ud800b' }],
    ['control characters', { text: '\u0000\u0001' }],
    ['a key __proto__', JSON.parse('{"__proto__": {"a": 1}}') as JsonObject],
    ['null', { nothing: null }],
  ])('an object with %s is judged like any other', async (_, spec) => {
    const { findings, errors } = await check(
      [await samplePack(always('sample-first'))],
      inventoryOf([pod('a', spec)]),
    );
    expect(errors).toEqual([]);
    expect(findings).toHaveLength(1);
  });

  it('an object that the module cannot read is an error for every rule, not a clean object', async () => {
    const pack = await samplePack(always('sample-first'), always('sample-second'));
    const unreadable = { encode: () => new TextEncoder().encode('{').buffer };
    const source = { inventory: inventoryOf([pod('a')]), externals: [], references: async () => [] };
    const { violations, errors } = await evaluatePack(pack, source, unreadable);
    expect(violations).toEqual([]);
    expect(errors.map(({ rule, object, reason }) => `${rule} ${object}: ${reason}`)).toEqual([
      'sample-first Pod a: the module could not read the object',
      'sample-second Pod a: the module could not read the object',
    ]);
  });

  it('a kind with a group judges that group only, and a kind without one judges all', async () => {
    const pack = await samplePack(
      { ...always('sample-any'), kinds: '[Gateway]' },
      { ...always('sample-one'), kinds: '[Gateway.gateway.networking.k8s.io]' },
      { ...always('sample-every'), kinds: '["*"]' },
    );
    const gateway = (apiVersion: string, name: string) => ({
      apiVersion,
      kind: 'Gateway',
      metadata: { name },
    });
    const objects = [
      gateway('gateway.networking.k8s.io/v1', 'api'),
      gateway('networking.istio.io/v1', 'mesh'),
      pod('web'),
    ];
    const { findings } = await check([pack], inventoryOf(objects));
    expect(findings.map(({ message }) => message).toSorted()).toEqual([
      'sample-any at api',
      'sample-any at mesh',
      'sample-every at api',
      'sample-every at mesh',
      'sample-every at web',
      'sample-one at api',
    ]);
  });

  it('all rules in one call and each rule alone find the same', async () => {
    const pack = await samplePack(always('sample-first'), { ...always('sample-second'), kinds: '["*"]' });
    const inventory = inventoryOf([pod('a'), { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } }]);
    const alone = new Set(pack.pack.rules.map(({ id }) => id));
    expect((await check([pack], inventory, { only: alone })).findings).toEqual(
      (await check([pack], inventory)).findings,
    );
  });

  it('a graph rule may blame an object by name that the input does not hold', async () => {
    const rule = {
      id: 'sample-absent',
      scope: 'graph' as const,
      body: 'deny contains {"path": "", "message": "missing", "object": {"apiVersion": "v1", "kind": "Namespace", "name": "shop"}}',
    };
    const { findings } = await check([await samplePack(rule)], inventoryOf([]));
    expect(findings).toMatchObject([{ object: { kind: 'Namespace', name: 'shop' }, file: '', line: 0 }]);
  });

  it('the environment is absent unless given', async () => {
    const rule = {
      id: 'sample-environment',
      scope: 'graph' as const,
      body: 'deny contains {"path": "", "message": data.environment.environment, "object": {"kind": "x"}}',
    };
    const pack = await samplePack(rule);
    const environment = { platform: 'shop', environment: 'live', parameters: {} };
    expect((await check([pack], inventoryOf([]))).findings).toEqual([]);
    expect((await check([pack], inventoryOf([]), { environment })).findings).toMatchObject([
      { message: 'live' },
    ]);
  });
});
