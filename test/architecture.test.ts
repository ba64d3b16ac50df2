import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** Which folders each folder may import from; data flows one way, so there are no cycles. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  api: ['core'],
  constructs: ['core', 'api'],
  charts: ['core', 'api', 'constructs'],
  synth: ['core', 'api', 'constructs'],
  inventory: ['core', 'api'],
  analysis: ['core', 'api', 'inventory'],
  policies: ['core', 'api', 'inventory', 'analysis'],
  ask: ['core', 'api', 'inventory', 'analysis'],
  report: ['core', 'inventory', 'analysis', 'policies'],
};

function sourcesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) =>
    resolve(dirname(file), match[1] ?? ''),
  );
}

describe('folders import only in the direction in which data flows', () => {
  test.each(Object.entries(MAY_IMPORT))('%s', (folder, allowed) => {
    const wrong = sourcesIn(folder).flatMap((file) =>
      importsOf(file)
        .map((target) => relative(ROOT, target))
        .filter((target) => ![folder, ...allowed].includes(target.split('/')[0] ?? ''))
        .map((target) => `${relative(ROOT, file)} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

test('source files run on Node.js as written: erasable syntax, endings in imports', () => {
  const bare = Object.keys(MAY_IMPORT)
    .flatMap(sourcesIn)
    .flatMap((file) => importsOf(file).filter((target) => !/\.(ts|js|json)$/.test(target)));
  expect(bare).toEqual([]);
});
