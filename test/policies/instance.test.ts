import { describe, expect, it } from 'vitest';
import { encodeJson } from '../../policies/encode.ts';
import { openModule } from '../../policies/instance.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';

const [workload] = await loadPacks(await readPacks(['workload']));
if (workload === undefined) throw new Error('the workload pack is not compiled');
const { pack, module } = workload;
const entrypoint = pack.rules.find(({ id }) => id === 'workload-image-pinned')?.entrypoint ?? '';
const pod = encodeJson({
  apiVersion: 'v1',
  kind: 'Pod',
  spec: { containers: [{ name: 'a', image: 'b:latest' }] },
});

describe('a module', () => {
  it('answers a call', () => {
    expect(openModule(module, encodeJson({})).call(entrypoint, pod)).toMatchObject({
      ok: true,
      value: [{ path: '/spec/containers/0/image' }],
    });
  });

  it('tells why a call broke off, and answers the next one', () => {
    const instance = openModule(module, encodeJson({}));
    expect(instance.call('no/such/entrypoint')).toEqual({
      ok: false,
      reason: expect.stringContaining('no/such/entrypoint'),
    });
    expect(instance.call(entrypoint, pod)).toMatchObject({ ok: true });
  });

  it('survives an object nested as deep as nobody nests', () => {
    const deep = new TextEncoder().encode(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`).buffer;
    const instance = openModule(module, encodeJson({}));
    expect(instance.call(entrypoint, deep)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/stack|memory|unreachable/),
    });
    expect(instance.call(entrypoint, pod)).toMatchObject({ ok: true });
  });

  it('fails with a clear error on data it cannot read', () => {
    expect(() => openModule(module, new TextEncoder().encode('{').buffer)).toThrow(/do not fit|cannot/);
  });
});

describe('JSON for a module', () => {
  it.each([
    ['half of a surrogate pair', { a: 'x\ud800y' }, '{"a":"x\\ufffdy"}'],
    ['what only looks like one', { a: '\\ud800' }, '{"a":"\\\\ud800"}'],
    ['a pair', { a: '🚰' }, '{"a":"🚰"}'],
    ['a backslash before half of a pair', { a: '\\\ud800' }, '{"a":"\\\\\\ufffd"}'],
  ])('with %s', (_, value, json) => {
    expect(new TextDecoder().decode(encodeJson(value))).toBe(json);
  });
});
