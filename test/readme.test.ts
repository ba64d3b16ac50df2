import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadManifests, matchers } from '../testing/index.ts';

const ROOT = resolve(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

expect.extend(matchers);

/** The n-th TypeScript example, with the package's own names made paths of this checkout. */
function example(index: number): string {
  const blocks = [...README.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const code = blocks[index];
  if (code === undefined) throw new Error(`README.md has no TypeScript example ${index}`);
  return code.replaceAll(/'sluice\/(\w+)'/g, (_, name: string) => `'${join(ROOT, name, 'index.ts')}'`);
}

/** Runs code as a newcomer would, from a folder inside the checkout so that packages are found. */
function run(code: string): string {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'main.ts'), code);
  execFileSync(process.execPath, ['main.ts'], { cwd: folder });
  return readFileSync(join(folder, 'dist', 'shop.k8s.yaml'), 'utf8');
}

test('the construct example writes a hardened Deployment', () => {
  const yaml = run(example(1));
  expect(yaml).toContain('kind: Deployment');
  expect(yaml).toContain('runAsNonRoot: true');
});

test('the policy test example names rules that exist, and passes', async () => {
  const asked = /check\(([^)]+)\)/.exec(example(0))?.[1]?.match(/[\w-]+/g) ?? [];
  expect(asked).toEqual(['gateway', 'references-backend']);
  const manifests = await loadManifests(join(ROOT, 'dist/agentweaver/default'));
  expect(await manifests.check(...asked)).toHaveNoFindings();
});

test('every file that the README names exists', () => {
  const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect(() => readFileSync(join(ROOT, link))).not.toThrow();
});
