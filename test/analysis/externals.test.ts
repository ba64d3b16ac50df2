import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseExternals, readExternals } from '../../analysis/index.ts';
import { InputError } from '../../core/problem.ts';

function problemsOf(text: string): string[] {
  try {
    parseExternals(text, 'externals.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a file of externals', () => {
  const one = {
    kind: 'Secret',
    namespace: 'shop',
    name: 'db-*',
    keys: ['user'],
    reason: 'made by the provisioning',
  };
  const text =
    '- kind: Secret\n  namespace: shop\n  name: db-*\n  keys: [user]\n  reason: made by the provisioning\n';

  test('is a list, or a map with the list', () => {
    expect(parseExternals(text, 'f')).toEqual([one]);
    expect(parseExternals(`externals:\n${text}`, 'f')).toEqual([one]);
    expect(parseExternals('[]', 'f')).toEqual([]);
    expect(parseExternals('', 'f')).toEqual([]);
    expect(parseExternals('# none yet\n', 'f')).toEqual([]);
  });

  test('may tell group and labels', () => {
    expect(parseExternals('- {kind: Pod, group: "", name: far, labels: {app: x}, reason: r}', 'f')).toEqual([
      { kind: 'Pod', group: '', name: 'far', labels: { app: 'x' }, reason: 'r' },
    ]);
  });

  test('fails with every problem, each with its place', () => {
    const wrong =
      '- kind: Secret\n  nam: db\n  keys: user\n  reason: r\n- text\n- {kind: A, name: a*b, namespace: 1, labels: {a: 1}, reason: r}\n';
    expect(problemsOf(wrong)).toEqual([
      'externals.yaml:1:3: an external has no name; add name, as text',
      'externals.yaml:2:3: an external has no field nam; its fields are kind, group, namespace, name, keys, labels, reason',
      'externals.yaml:3:3: keys is not a list of text; write keys: [first, second]',
      'externals.yaml:5:3: an external is not a map; give it kind, group, namespace, name, keys, labels, reason',
      'externals.yaml:6:24: namespace is not text; quote it',
      'externals.yaml:6:38: labels is not a map of text; write labels: {app: web}',
      'externals.yaml:6:13: * stands inside the name a*b; a * may stand at the end only',
    ]);
  });

  test('fails where it is no list, no YAML, or two documents', () => {
    expect(problemsOf('externals: {}')).toEqual([
      'externals.yaml:1:1: the externals are not a list; start each with "- kind:"',
    ]);
    expect(problemsOf('- {a: [}')).toEqual([expect.stringMatching(/^externals.yaml:1:\d+: not YAML: /)]);
    expect(problemsOf('[]\n---\n[]\n')).toEqual([
      'externals.yaml:3:1: a second document; this file has one document; remove ---',
    ]);
  });

  test('is read from disk; fails where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-externals-'));
    try {
      await writeFile(join(folder, 'e.yaml'), text);
      expect(await readExternals(join(folder, 'e.yaml'))).toEqual([one]);
      await expect(readExternals(join(folder, 'none.yaml'))).rejects.toThrow('no such file; check the path');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
