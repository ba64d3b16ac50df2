import { relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInventory, parseManifests } from '../../inventory/index.ts';
import { check } from '../../policies/check.ts';
import { gate, verdictOf } from '../../policies/gate.ts';
import { parseIndex } from '../../policies/index-file.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { folderOf, indexJson, podYaml } from './files.ts';

const PINNED = 'workload-image-pinned';
const EXCEPTION = `- rule: ${PINNED}
  object: {kind: Pod, namespace: shop, name: web}
  reason: the vendor publishes no other tag
  owner: shop-team
  expires: 2026-12-31
`;

describe('the gate', () => {
  it('says rule, object, file and line', async () => {
    const folder = await folderOf({ 'web.yaml': `# a comment\n---\n${podYaml('web')}` });
    const { findings, verdict } = await gate({ paths: [folder], packs: ['workload'] });
    expect(verdict).toBe('findings');
    expect(findings.find(({ rule }) => rule === PINNED)).toEqual({
      rule: PINNED,
      severity: 'high',
      message: expect.stringContaining('registry.example/app:latest'),
      remediation: expect.stringContaining('digest'),
      object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' },
      path: '/spec/containers/0/image',
      file: `${folder}/web.yaml`,
      line: 11,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('uses the general packs on anyone’s YAML, and no platform’s', async () => {
    const { rules } = await gate({ paths: [await folderOf({ 'web.yaml': podYaml('web') })] });
    expect([...new Set(rules.map(({ pack }) => pack))]).toEqual([
      'gateway',
      'gitops',
      'rbac',
      'references',
      'secrets',
      'workload',
    ]);
  });

  it('keeps fingerprints when lines, files and images move', async () => {
    const before = await folderOf({ 'web.yaml': podYaml('web') });
    const after = await folderOf({
      'moved/all.yaml': `# new\n\n${podYaml('web', 'other.example/app:latest')}`,
    });
    const fingerprints = async (path: string) =>
      (await gate({ paths: [path], packs: ['workload'] })).findings
        .map(({ fingerprint }) => fingerprint)
        .toSorted();
    expect(await fingerprints(after)).toEqual(await fingerprints(before));
  });

  it('fails on an unknown pack and tells the nearest', async () => {
    const paths = [await folderOf({ 'web.yaml': podYaml('web') })];
    await expect(gate({ paths, packs: ['worklod'] })).rejects.toThrow(
      /there is no pack worklod; did you mean workload\?/,
    );
  });

  it.each([
    ['high', 'high', 'findings'],
    ['medium', 'high', 'clean'],
    ['critical', 'high', 'findings'],
    ['info', 'info', 'findings'],
    ['critical', 'never', 'clean'],
  ] as const)('a finding of severity %s with --fail-on %s: %s', (severity, failOn, verdict) => {
    const findings = [{ severity }] as unknown as Parameters<typeof verdictOf>[0]['findings'];
    expect(verdictOf({ findings, errors: [] }, failOn)).toBe(verdict);
    expect(verdictOf({ findings, errors: [{ rule: 'a', reason: 'b' }] }, failOn)).toBe('broken');
  });
});

describe('the gate on what synth wrote', () => {
  const files = (change = {}) => ({
    'dist/shop/live/api/pod-web.yaml': podYaml('web'),
    'dist.index/shop/live/index.json': indexJson(change),
    'exceptions.yaml': EXCEPTION,
  });

  it.each(['dist/shop/live', 'dist/shop/live/api/pod-web.yaml', 'dist/shop', 'dist'])(
    'finds the index of %s',
    async (path) => {
      const folder = await folderOf(files());
      const { findings } = await gate({ paths: [`${folder}/${path}`], packs: ['workload'] });
      expect(findings.find(({ rule }) => rule === PINNED)?.construct).toBe('shop/api/Resource');
    },
  );

  it('finds it from a relative path', async () => {
    const folder = await folderOf(files());
    const { findings } = await gate({
      paths: [relative(process.cwd(), `${folder}/dist/shop/live`)],
      packs: ['workload'],
    });
    expect(findings.every(({ construct }) => construct === 'shop/api/Resource')).toBe(true);
  });

  it('adds the packs of the index to the general ones', async () => {
    const folder = await folderOf(files({ packs: ['agentweaver'] }));
    const { rules } = await gate({ paths: [`${folder}/dist/shop/live`] });
    expect(new Set(rules.map(({ pack }) => pack))).toContain('agentweaver');
    expect(new Set(rules.map(({ pack }) => pack))).toContain('workload');
  });

  it('takes the exceptions that the index names', async () => {
    const folder = await folderOf(files());
    const index = parseIndex(indexJson({ exceptions: `${folder}/exceptions.yaml` }), 'index.json');
    const { findings, excepted } = await gate({
      paths: [`${folder}/dist/shop/live`],
      index,
      packs: ['workload'],
      today: '2026-11-21',
    });
    expect(findings.map(({ rule }) => rule)).not.toContain(PINNED);
    expect(excepted).toMatchObject([{ finding: { rule: PINNED }, exception: { owner: 'shop-team' } }]);
  });

  it('counts an exception as expired on the day after, whatever the day of the machine', async () => {
    const folder = await folderOf(files());
    const options = {
      paths: [`${folder}/dist/shop/live`],
      packs: ['workload'],
      exceptions: `${folder}/exceptions.yaml`,
    };
    const rules = async (today: string) =>
      (await gate({ ...options, today })).findings.map(({ rule }) => rule);
    expect(await rules('2026-12-31')).not.toContain('exception-expired');
    expect(await rules('2027-01-01')).toEqual(expect.arrayContaining(['exception-expired', PINNED]));
  });

  it('checks each of several environments by itself', async () => {
    const folder = await folderOf({
      ...files(),
      'dist/shop/preview/api/pod-web.yaml': podYaml('web'),
      'dist.index/shop/preview/index.json': indexJson({ environment: 'preview' }),
    });
    const { findings, objects } = await gate({ paths: [`${folder}/dist`], packs: ['workload'] });
    expect(objects).toBe(2);
    expect(findings.filter(({ rule }) => rule === PINNED).map(({ file }) => file)).toEqual([
      `${folder}/dist/shop/live/api/pod-web.yaml`,
      `${folder}/dist/shop/preview/api/pod-web.yaml`,
    ]);
  });

  it('tells once what is wrong with exceptions that several environments share', async () => {
    const folder = await folderOf({
      ...files(),
      'dist/shop/preview/api/pod-web.yaml': podYaml('web'),
      'dist.index/shop/preview/index.json': indexJson({ environment: 'preview' }),
    });
    const { findings } = await gate({
      paths: [`${folder}/dist`],
      packs: ['workload'],
      exceptions: `${folder}/exceptions.yaml`,
      today: '2027-01-01',
    });
    expect(findings.filter(({ rule }) => rule === 'exception-expired')).toHaveLength(1);
    expect(findings.filter(({ rule }) => rule === PINNED)).toHaveLength(2);
  });

  it('fails when the exceptions that the index names are not there', async () => {
    const folder = await folderOf(files({ exceptions: 'no/such.yaml' }));
    await expect(gate({ paths: [`${folder}/dist/shop/live`] })).rejects.toThrow(
      'no/such.yaml: no such file; the index names it; work in the folder that synth worked in, or give --exceptions',
    );
  });

  it('takes plain manifests beside one environment as part of it', async () => {
    const folder = await folderOf({ ...files(), 'extra/pod-other.yaml': podYaml('other') });
    const { objects } = await gate({
      paths: [`${folder}/extra`, `${folder}/dist/shop/live`],
      packs: ['workload'],
    });
    expect(objects).toBe(2);
  });

  it.each([
    ['no JSON', '{', /index\.json: not JSON/],
    ['a list', '[]', /not an index/],
    [
      'another version',
      indexJson({ version: 2 }),
      /version 2; this sluice reads version 1; write it anew with sluice synth/,
    ],
    ['packs of a wrong type', indexJson({ packs: 'workload' }), /packs is no list of names/],
    ['objects of a wrong type', indexJson({ objects: [{ file: 1 }] }), /objects is no list/],
    [
      'externals of a wrong type',
      indexJson({ externals: [{ kind: 1 }] }),
      /index\.json externals:1:\d+: an external has no/,
    ],
    [
      'a pack that does not exist',
      indexJson({ packs: ['../../secrets'] }),
      /there is no pack \.\.\/\.\.\/secrets/,
    ],
  ])('fails on an index with %s', async (_, text, message) => {
    const folder = await folderOf({ ...files(), 'dist.index/shop/live/index.json': text });
    await expect(gate({ paths: [`${folder}/dist/shop/live`] })).rejects.toThrow(message);
  });

  it('is not misled by keys of objects', () => {
    const index = parseIndex(
      '{"__proto__": {"platform": "x"}, "version": 1}'.replace(
        '1}',
        '1, "platform": "p", "environment": "e", "packs": [], "parameters": {}, "objects": []}',
      ),
      'index.json',
    );
    expect(index.platform).toBe('p');
    expect(({} as Record<string, unknown>)['platform']).toBeUndefined();
  });
});

describe('the order of findings', async () => {
  const packs = await loadPacks(await readPacks(['workload', 'references']));
  const files = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
    name: `${name}.yaml`,
    text: `${podYaml(name)}---\n${podYaml(`${name}2`)}`,
  }));

  it('follows from the findings, not from the order of the files', async () => {
    const findingsOf = async (order: readonly { name: string; text: string }[]) =>
      (await check(packs, buildInventory(order.flatMap(({ name, text }) => parseManifests(text, name)))))
        .findings;
    const expected = await findingsOf(files);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (order) => {
        expect(await findingsOf(order)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
