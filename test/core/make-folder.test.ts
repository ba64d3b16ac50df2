import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../core/make-folder.ts';
import { folderOf } from '../policies/files.ts';

describe('making a folder', () => {
  it('makes those above it, and leaves what is there', async () => {
    const folder = await folderOf({ 'a/file': '' });
    makeFolder(`${folder}/a/b/c`);
    makeFolder(`${folder}/a/b/c`);
    expect(statSync(`${folder}/a/b/c`).isDirectory()).toBe(true);
    expect(existsSync(`${folder}/a/file`)).toBe(true);
  });

  it('fails below a file', async () => {
    const folder = await folderOf({ file: '' });
    expect(() => makeFolder(`${folder}/file/a/b`)).toThrow(/ENOTDIR/);
  });

  it.runIf(existsSync('/proc/self'))('fails where the file system lets none be made', () => {
    expect(() => makeFolder('/proc/none/a/b')).toThrow(/ENOENT/);
  });
});
