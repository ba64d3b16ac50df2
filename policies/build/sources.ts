import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../core/problem.ts';
import type { CompiledPack } from '../rule.ts';

export const GATE_FOLDER = 'rego/gate';
export const LIB_FOLDER = 'rego/lib';
export const CAPABILITIES = 'rego/capabilities.json';

/** @returns SHA-256 in hex. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @returns the packs that have rules below `rego/gate`, sorted. */
export async function packNames(root: string): Promise<string[]> {
  const entries = await readdir(join(root, GATE_FOLDER), { withFileTypes: true }).catch(() => {
    const remedy = "policies are built in Sluice's own repository; the package holds them compiled";
    throw new InputError([{ where: join(root, GATE_FOLDER), what: 'there is no such folder', remedy }]);
  });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const files = await Promise.all(names.map((name) => ruleFiles(root, name)));
  return names.filter((_, index) => files[index]?.length !== 0);
}

/** @returns Rego files of a pack, from the project root, sorted. */
export async function ruleFiles(root: string, pack: string): Promise<string[]> {
  return regoFiles(root, `${GATE_FOLDER}/${pack}`);
}

/** @returns the file of a rule's test cases. */
export function casesFile(ruleFile: string): string {
  return ruleFile.replace(/\.rego$/, '.cases.yaml');
}

async function regoFiles(root: string, folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder));
  return names
    .filter((name) => name.endsWith('.rego'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** @returns the SHA-256 of each file, by its path from the project root. */
async function hashFiles(root: string, files: readonly string[]): Promise<Record<string, string>> {
  const hashes = await Promise.all(
    files.map(async (file) => [file, sha256(await readFile(join(root, file)))] as const),
  );
  return Object.fromEntries(hashes);
}

/**
 * What a compiled pack depends on; a change in any of them makes it stale.
 *
 * @param libraries files of the library that its rules use, from the project root
 */
export async function packSources(
  root: string,
  pack: string,
  libraries: readonly string[],
): Promise<Record<string, string>> {
  const rules = await ruleFiles(root, pack);
  const files = [CAPABILITIES, ...libraries, ...rules.flatMap((file) => [casesFile(file), file])];
  return hashFiles(root, [...new Set(files)].sort());
}

/** @returns the files of the library among the sources of a compiled pack; a further one needs a change in one of them. */
export function librariesOf({ sources }: CompiledPack): string[] {
  return Object.keys(sources).filter((file) => file.startsWith(`${LIB_FOLDER}/`));
}

/** @returns the file of a library package, `sluice.lib.<name>`. */
export function libraryFile(name: string): string {
  return `${LIB_FOLDER}/${name}.rego`;
}
