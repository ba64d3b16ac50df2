import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../../core/problem.ts';
import { type ReadOptions, readInventory } from '../../inventory/index.ts';

let folder: string;

beforeEach(async () => {
  folder = (await mkdtemp(join(tmpdir(), 'sluice-reader-'))).replaceAll('\\', '/');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function object(name: string, kind = 'ConfigMap'): string {
  return `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;
}

async function write(file: string, text: string | Uint8Array): Promise<void> {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), text);
}

async function namesIn(paths: readonly string[], options: ReadOptions = {}): Promise<string[]> {
  return (await readInventory(paths, options)).objects.map(({ identity }) => identity.name);
}

async function problemsIn(paths: readonly string[], options: ReadOptions = {}): Promise<string[]> {
  const error = await readInventory(paths, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message.replaceAll(`${folder}/`, '').split('\n');
}

describe('folders', () => {
  test('are read with their subfolders, in code unit order; other and hidden files are left out', async () => {
    await write('b.yml', object('b'));
    await write('a/z.json', JSON.stringify({ apiVersion: 'v1', kind: 'A', metadata: { name: 'az' } }));
    await write('B.YAML', object('upper'));
    await write('.git/c.yaml', object('hidden'));
    await write('.hidden.yaml', object('hidden'));
    await write('notes.txt', 'not: [yaml');
    expect(await namesIn([folder])).toEqual(['upper', 'az', 'b']);
  });

  test('are read once, whichever way they are reached', async () => {
    await write('a/a.yaml', object('a'));
    await symlink(folder, join(folder, 'a', 'loop'));
    await symlink(join(folder, 'a', 'a.yaml'), join(folder, 'link.yaml'));
    expect(await namesIn([folder, `${folder}/a`, `${folder}/a/a.yaml`])).toEqual(['a']);
  });

  test('fails where a folder holds no manifests', async () => {
    expect(await problemsIn([folder])).toEqual([
      `${folder}: no manifests in this folder; give a folder with .yaml, .yml or .json files`,
    ]);
  });
});

describe('files', () => {
  test('are read under any name when they are named', async () => {
    await write('rendered', object('a'));
    const inventory = await readInventory([`${folder}/rendered`]);
    expect(inventory.objects[0]?.position('/kind')).toEqual({
      file: `${folder}/rendered`,
      line: 2,
      column: 1,
    });
  });

  test('fails with the problems of all of them', async () => {
    await write('a.yaml', 'a: [');
    await write('b.yaml', 'hello\n');
    await symlink(join(folder, 'loop.yaml'), join(folder, 'loop.yaml'));
    expect(await problemsIn([`${folder}/none`, `${folder}/a.yaml/x`, folder])).toEqual([
      'none: there is no such file or folder; check the path',
      'a.yaml/x: a part of the path is not a folder; check the path',
      'loop.yaml: symbolic links go in a circle; remove the link',
      'a.yaml:1:6: not YAML: unexpected end of the stream within a flow collection',
      'b.yaml:1:1: this is the string "hello", not a Kubernetes object; every document and every item of a list needs apiVersion, kind and metadata',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('fails where a file may not be read', async () => {
    await write('a.yaml', object('a'));
    await chmod(join(folder, 'a.yaml'), 0);
    expect(await problemsIn([folder])).toEqual([
      'a.yaml: it cannot be read: permission denied; change its permissions',
    ]);
  });

  test('fails beyond a limit of bytes, one file or all together', async () => {
    await write('a.yaml', object('a'));
    await write('b.yaml', object('b'));
    const size = object('a').length;
    expect(await namesIn([folder], { maxFileBytes: size, maxTotalBytes: 2 * size })).toEqual(['a', 'b']);
    expect(await problemsIn([folder], { maxFileBytes: size - 1 })).toHaveLength(2);
    expect(await problemsIn([folder], { maxTotalBytes: 2 * size - 1 })).toEqual([
      `b.yaml: too many bytes in all files together; the limit is ${2 * size - 1}; if you trust the input, raise it with --max-total-bytes`,
    ]);
  });

  test('fails at the first byte that is not UTF-8, not at a replacement character that is written', async () => {
    await write('a.yaml', Buffer.concat([Buffer.from('# \ufffd fine\nname: '), Buffer.from([0xe4, 0x0a])]));
    expect((await problemsIn([folder]))[0]).toMatch(/^a.yaml:2:7: bytes that are not UTF-8/);
  });
});

describe('standard input', () => {
  test('is read for -, once, and is named - in positions', async () => {
    const inventory = await readInventory(['-', '-'], {
      stdin: Readable.from([object('a').slice(0, 10), object('a').slice(10)]),
    });
    expect(inventory.objects.map((found) => found.position('/kind'))).toEqual([
      { file: '-', line: 2, column: 1 },
    ]);
  });

  test('fails beyond the limit without reading on', async () => {
    let given = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given += 1;
          yield Buffer.alloc(1024, 32);
        }
      })(),
    );
    expect(await problemsIn(['-'], { stdin: endless, maxFileBytes: 10_000 })).toEqual([
      '-: the file is too large; the limit is 10000; if you trust the input, raise it with --max-file-bytes',
    ]);
    expect(given).toBeLessThan(100);
  });
});
