import { describe, expect, test } from 'vitest';
import { LIMIT_OPTIONS, limitsFrom, parseManifests } from '../../inventory/index.ts';

describe('limits from command line options', () => {
  test('have a flag each, and a default', () => {
    expect(LIMIT_OPTIONS.map(({ flags }) => flags)).toEqual([
      '--max-file-bytes <number>',
      '--max-total-bytes <number>',
      '--max-document-bytes <number>',
      '--max-objects <number>',
      '--max-depth <number>',
      '--max-alias-nodes <number>',
    ]);
    expect(limitsFrom({ other: 'x' })).toMatchObject({ maxDepth: 100, maxObjects: 200_000 });
  });

  test('replace the default', () => {
    expect(limitsFrom({ maxDepth: '150' }).maxDepth).toBe(150);
    const deep = `apiVersion: v1\nkind: A\nmetadata: {name: a}\nx: ${'['.repeat(120)}${']'.repeat(120)}\n`;
    expect(() => parseManifests(deep, 'f')).toThrow('--max-depth');
    expect(parseManifests(deep, 'f', limitsFrom({ maxDepth: '150' }))).toHaveLength(1);
  });

  test.each(['0', '-1', '1.5', 'many', ''])('fails for %j, which is none', (value) => {
    expect(() => limitsFrom({ maxObjects: value, maxDepth: value })).toThrow(
      `--max-objects: ${value} is not a limit; give a whole number above 0\n--max-depth: ${value} is not a limit`,
    );
  });

  test('fails for too many objects before it tells what is wrong with each', () => {
    const wrong = 'apiVersion: v1\nkind: List\nitems: [1, 2, 3, 4]\n';
    expect(() => parseManifests(wrong, 'f', { maxObjects: 3 })).toThrow(
      /^f: too many objects; the limit is 3; if you trust the input, raise it with --max-objects$/,
    );
    const more = `${'apiVersion: v1\n---\n'.repeat(3)}${wrong}`;
    expect(() => parseManifests(more, 'f', { maxObjects: 3 })).toThrow(/^f: too many objects/);
  });

  test('a depth beyond the stack is refused like any other', () => {
    const deep = `apiVersion: v1\nkind: A\nmetadata: {name: a}\nx: ${'['.repeat(200_000)}${']'.repeat(200_000)}\n`;
    expect(() => parseManifests(deep, 'f', { maxDepth: 1_000_000 })).toThrow('--max-depth');
  });
});
