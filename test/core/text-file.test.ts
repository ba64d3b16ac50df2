import { describe, expect, it } from 'vitest';
import { readTextFile } from '../../core/text-file.ts';
import { folderOf } from '../policies/files.ts';

const LIMITS = { maxBytes: 8, what: 'a note' };

describe('a text file', () => {
  it('is read up to its limit', async () => {
    const folder = await folderOf({ 'note.txt': '12345678', 'empty.txt': '' });
    expect(await readTextFile(`${folder}/note.txt`, LIMITS)).toBe('12345678');
    expect(await readTextFile(`${folder}/empty.txt`, LIMITS)).toBe('');
  });

  it('fails beyond its limit, even where the file has no end', async () => {
    const folder = await folderOf({ 'note.txt': '123456789' });
    for (const file of [`${folder}/note.txt`, '/dev/zero']) {
      await expect(readTextFile(file, LIMITS)).rejects.toThrow(
        `${file}: more than 8 bytes, the most that a note may have; give the file that was meant`,
      );
    }
  });

  it('fails with a remedy where it cannot be read', async () => {
    const folder = await folderOf({});
    await expect(readTextFile(folder, LIMITS)).rejects.toThrow(
      `${folder}: it is a folder, not a file; check the path`,
    );
    await expect(readTextFile(`${folder}/none`, { ...LIMITS, remedy: 'write it' })).rejects.toThrow(
      `${folder}/none: no such file; write it`,
    );
  });
});
