import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../core/problem.ts';
import { PROJECT_ROOT } from './root.ts';
import type { CompiledPack } from './rule.ts';

/** Where compiled packs stand, from the project root. */
export const COMPILED_FOLDER = 'policies/compiled';

/** Packs that fit anyone's YAML; a platform's own packs are asked for by name. */
const GENERAL_PACKS: ReadonlySet<string> = new Set([
  'gateway',
  'gitops',
  'rbac',
  'references',
  'secrets',
  'workload',
]);

/** @returns the general packs that are compiled. */
export async function generalPacks(root: string = PROJECT_ROOT): Promise<string[]> {
  return (await packNames(root)).filter((name) => GENERAL_PACKS.has(name));
}

/** @returns the names of all compiled packs, sorted. */
export async function packNames(root: string = PROJECT_ROOT): Promise<string[]> {
  const files = await readdir(join(root, COMPILED_FOLDER));
  return files
    .filter((file) => file.endsWith('.wasm'))
    .map((file) => file.slice(0, -'.wasm'.length))
    .sort();
}

/**
 * Reads what is known about packs, without their modules.
 *
 * @param names @default every compiled pack
 * @throws InputError when there is no such pack
 */
export async function readPacks(
  names?: readonly string[],
  root: string = PROJECT_ROOT,
): Promise<CompiledPack[]> {
  const known = await packNames(root);
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new InputError(await Promise.all(unknown.map((name) => unknownPack(name, known))));
  const wanted = [...new Set(names ?? known)].sort();
  return Promise.all(
    wanted.map(
      async (name) =>
        JSON.parse(await readFile(join(root, COMPILED_FOLDER, `${name}.json`), 'utf8')) as CompiledPack,
    ),
  );
}

/** A pack and its module, ready to be evaluated as often as wanted. */
export interface LoadedPack {
  readonly pack: CompiledPack;
  readonly module: WebAssembly.Module;
}

/** @returns packs with their modules. */
export async function loadPacks(
  packs: readonly CompiledPack[],
  root: string = PROJECT_ROOT,
): Promise<LoadedPack[]> {
  return Promise.all(
    packs.map(async (pack) => ({
      pack,
      module: await WebAssembly.compile(await readFile(join(root, COMPILED_FOLDER, `${pack.name}.wasm`))),
    })),
  );
}

async function unknownPack(
  name: string,
  known: readonly string[],
): Promise<{ where: string; what: string; remedy: string }> {
  const { nearest } = await import('../core/nearest.ts');
  const near = nearest(name, known);
  return {
    where: '--pack',
    what: `there is no pack ${name}`,
    remedy: `${near === undefined ? '' : `did you mean ${near}? `}packs: ${known.join(', ')}`,
  };
}
