import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildPolicies } from '../../policies/build/build.ts';
import { compilePack } from '../../policies/build/compile.ts';
import { findOpa, lookForOpa } from '../../policies/build/opa.ts';
import { librariesOf, packSources, sha256, packNames as sourcePacks } from '../../policies/build/sources.ts';
import { readPacks } from '../../policies/packs.ts';
import { PROJECT_ROOT } from '../../policies/root.ts';
import { folderOf } from './files.ts';
import { opa, regoRoot, ruleFiles } from './rego-root.ts';

const DENY = 'deny contains {"path": "", "message": "no"} if input.spec.bad';
const good = ruleFiles({ id: 'sample-good', body: DENY });

async function problemsOf(files: Record<string, string>): Promise<string> {
  const root = await regoRoot(files);
  return compilePack(opa ?? '', root, 'sample').then(
    () => 'it compiles',
    (error: Error) => error.message,
  );
}

const edit = (
  files: Record<string, string>,
  ...[from, to]: [string | RegExp, string]
): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(from, to)]));

describe('the committed packs', async () => {
  for (const name of await sourcePacks(PROJECT_ROOT)) {
    it(`${name} is compiled from the sources that stand beside it`, async () => {
      const [pack] = await readPacks([name]);
      if (pack === undefined) throw new Error(`${name} is not compiled`);
      expect(pack.sources, 'run: sluice policies build').toEqual(
        await packSources(PROJECT_ROOT, name, librariesOf(pack)),
      );
    });

    it(`${name} has the module that its manifest names`, async () => {
      const [pack] = await readPacks([name]);
      expect(sha256(await readFile(join(PROJECT_ROOT, `policies/compiled/${name}.wasm`)))).toBe(pack?.wasm);
    });
  }

  it('have rule ids that are unique', async () => {
    const ids = (await readPacks()).flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('without opa', () => {
  it('fails by saying what is missing, where it was looked for, and that checking does not need it', async () => {
    const tools = await folderOf({});
    await expect(findOpa({ tools, path: tools })).rejects.toThrow(
      /opa v1\.22\.2 is neither in .* nor on the PATH, and go could not install it .*; put opa v1\.22\.2 on the PATH, or install Go; only building policies needs it/,
    );
  });

  it('takes no other version', async () => {
    const tools = await folderOf({ opa: '#!/bin/sh\necho "Version: 1.0.0"\n' });
    await chmod(join(tools, 'opa'), 0o755);
    expect(await lookForOpa({ tools, path: '' })).toBeUndefined();
  });

  it('fails where there are no sources', async () => {
    await expect(buildPolicies({ root: await folderOf({}) })).rejects.toThrow(
      "rego/gate: there is no such folder; policies are built in Sluice's own repository",
    );
  });
});

describe.skipIf(opa === undefined)('compiling a pack', () => {
  it('gives the same bytes from another folder', async () => {
    const [first, second] = await Promise.all([regoRoot(good), regoRoot(good)]);
    const builds = await Promise.all([first, second].map((root) => compilePack(opa ?? '', root, 'sample')));
    expect(builds[0]?.pack).toEqual(builds[1]?.pack);
    expect(Buffer.compare(builds[0]?.wasm ?? Buffer.of(), builds[1]?.wasm ?? Buffer.of(1))).toBe(0);
  });

  it('depends on the library that its rules use, and on nothing else', async () => {
    const pods = 'package sluice.lib.pods\n\nnames contains input.metadata.name\n';
    const rules = ruleFiles({
      id: 'sample-names',
      body: 'import data.sluice.lib.pods\n\ndeny contains {"path": "", "message": name} if some name in pods.names',
    });
    const other =
      'package sluice.lib.other\n\nmany contains data.inventory.kinds.Other\n\nvalue("other text") := 7\n';
    const roots = await Promise.all([
      regoRoot({ ...rules, 'rego/lib/pods.rego': pods }),
      regoRoot({ ...rules, 'rego/lib/pods.rego': pods, 'rego/lib/other.rego': other }),
    ]);
    const [first, second] = await Promise.all(roots.map((root) => compilePack(opa ?? '', root, 'sample')));
    expect(first?.pack && librariesOf(first.pack)).toEqual(['rego/lib/pods.rego']);
    expect(second?.pack).toEqual(first?.pack);
  });

  it('tells which documents a rule reads, through the library too', async () => {
    const root = await regoRoot({
      'rego/lib/near.rego':
        'package sluice.lib.near\n\nsecrets := data.inventory.kinds.Secret\n\nunused := data.externals\n',
      ...ruleFiles({
        id: 'sample-reads',
        scope: 'graph',
        body: 'import data.sluice.lib.near\n\ndeny contains {"path": "", "message": "no", "object": secret} if {\n\tsome secret in near.secrets\n\tdata.environment.platform == "shop"\n}',
      }),
    });
    const { pack } = await compilePack(opa ?? '', root, 'sample');
    expect(pack.rules[0]?.reads).toEqual(['environment', 'inventory/kinds/Secret']);
  });

  it('--check names what differs and writes nothing', async () => {
    const root = await regoRoot(good);
    const files = ['policies/compiled/sample.json', 'policies/compiled/sample.wasm'];
    expect((await buildPolicies({ root, check: true })).changed).toEqual(files);
    expect((await buildPolicies({ root })).changed).toEqual(files);
    expect((await buildPolicies({ root, check: true })).changed).toEqual([]);
  });

  it.each([
    [
      'a builtin that WASM lacks',
      { from: 'input.spec.bad', to: 'time.now_ns() > 0' },
      /good\.rego:\d+:\d+: undefined function time\.now_ns; only builtins/,
    ],
    [
      'sprintf, whose JavaScript form differs',
      { from: '"no"', to: 'sprintf("%v", [1])' },
      /undefined function sprintf.*template string/,
    ],
    [
      'a document that no rule is given',
      { from: 'input.spec.bad', to: 'data.secrets.all' },
      /reads data\.secrets\.all, which no rule is given/,
    ],
    [
      'a rule of scope graph that reads input',
      { from: 'scope: object', to: 'scope: graph' },
      /reads input, but a rule of scope graph has none/,
    ],
    ['a rule without deny', { from: 'deny contains', to: 'allow contains' }, /has no rule deny/],
    [
      'an unused variable',
      { from: 'if input.spec.bad', to: 'if {\n\tunused := input.spec.bad\n}' },
      /assigned var unused unused/,
    ],
    [
      'an id that does not follow from the file',
      { from: 'id: sample-good', to: 'id: sample-other' },
      /metadata\.custom\.id is sample-other; pack and file name make it sample-good/,
    ],
    [
      'a package that does not follow from the file',
      { from: 'package sluice.sample.good', to: 'package sluice.sample.other' },
      /name it sluice\.sample\.good/,
    ],
    [
      'a severity that does not exist',
      { from: 'severity: high', to: 'severity: severe' },
      /severity must be equal to one of the allowed values \(critical,high,medium,low,info\)/,
    ],
    ['a missing remediation', { from: /#\s+remediation.*\n/, to: '' }, /remediation/],
    [
      'a key that metadata does not have',
      { from: 'exceptionable:', to: 'excusable: true\n#   exceptionable:' },
      /additional properties \(excusable\)/,
    ],
    ['no metadata', { from: '# METADATA', to: '# A COMMENT' }, /has no metadata at its package/],
    [
      'no failing case',
      { from: /fail:[\s\S]*$/, to: 'fail: []\n' },
      /good\.cases\.yaml: \/fail must not have fewer than 1/,
    ],
    ['cases that are no YAML', { from: 'pass:', to: 'pass: [' }, /good\.cases\.yaml:\d+: /],
  ])('fails on %s', async (_, { from, to }, message) => {
    expect(await problemsOf(edit(good, from, to))).toMatch(message);
  });

  it('fails on missing cases', async () => {
    const [[rule = '', text = ''] = []] = Object.entries(good);
    expect(await problemsOf({ [rule]: text })).toMatch(
      'good.cases.yaml: is missing; a rule builds only with',
    );
  });

  it('fails with every problem of every rule', async () => {
    const other = edit(ruleFiles({ id: 'sample-other', body: DENY }), 'severity: high', 'severity: severe');
    const message = await problemsOf({ ...edit(good, 'id: sample-good', 'id: x'), ...other });
    expect(message.split('\n')).toHaveLength(2);
  });
});
