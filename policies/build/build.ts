import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, type Problem } from '../../core/problem.ts';
import { COMPILED_FOLDER } from '../packs.ts';
import { compilePack, type PackBuild } from './compile.ts';
import { findOpa } from './opa.ts';
import { packNames } from './sources.ts';

/** What a build does. */
export interface BuildOptions {
  /** The folder that holds `rego/` and `policies/compiled/`. */
  readonly root: string;
  /** @default every pack that has a folder below `rego/gate` */
  readonly packs?: readonly string[];
  /** Compare with what is committed and write nothing. @default false */
  readonly check?: boolean;
}

/** How a build ended. */
export interface BuildResult {
  readonly built: readonly PackBuild[];
  /** Files whose content changed, or would change with `check`, from the root. */
  readonly changed: readonly string[];
}

/**
 * Compiles packs into `policies/compiled/<pack>.wasm`, each beside `<pack>.json` with its rules and the hashes
 * of its sources. The same sources give the same bytes.
 *
 * @throws InputError with what is wrong in any pack; then nothing is written
 */
export async function buildPolicies({ root, packs, check = false }: BuildOptions): Promise<BuildResult> {
  const known = await packNames(root);
  for (const name of packs ?? []) {
    if (!known.includes(name))
      throw new InputError([
        { where: `rego/gate/${name}`, what: 'is not a pack', remedy: `packs: ${known.join(', ')}` },
      ]);
  }
  const opa = await findOpa();
  const built = await compileAll(opa, root, packs ?? known);
  const folder = join(root, COMPILED_FOLDER);
  await mkdir(folder, { recursive: true });
  const changed: string[] = [];
  for (const [name, bytes] of built.flatMap(outputs)) {
    const file = join(folder, name);
    if (await holds(file, bytes)) continue;
    changed.push(`${COMPILED_FOLDER}/${name}`);
    if (!check) await writeFile(file, bytes);
  }
  if (packs === undefined) changed.push(...(await leftovers(folder, known, check)));
  return { built, changed };
}

async function compileAll(opa: string, root: string, packs: readonly string[]): Promise<PackBuild[]> {
  const built: PackBuild[] = [];
  const problems: Problem[] = [];
  for (const outcome of await Promise.allSettled(packs.map((name) => compilePack(opa, root, name)))) {
    if (outcome.status === 'fulfilled') built.push(outcome.value);
    else if (outcome.reason instanceof InputError) problems.push(...outcome.reason.problems);
    else throw outcome.reason;
  }
  if (problems.length > 0) throw new InputError(unique(problems));
  return built;
}

/** A mistake in the library is one mistake, though every pack meets it. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.where} ${problem.what}`, problem])).values()];
}

function outputs({ pack, wasm }: PackBuild): [string, Uint8Array][] {
  return [
    [`${pack.name}.json`, Buffer.from(`${JSON.stringify(pack, null, 1)}\n`)],
    [`${pack.name}.wasm`, wasm],
  ];
}

async function holds(file: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return Buffer.compare(await readFile(file), bytes) === 0;
  } catch {
    return false;
  }
}

/** Compiled packs whose sources are gone. */
async function leftovers(folder: string, known: readonly string[], check: boolean): Promise<string[]> {
  const stale = (await readdir(folder))
    .filter((file) => !known.includes(file.replace(/\.(json|wasm)$/, '')))
    .sort();
  if (!check) await Promise.all(stale.map((file) => rm(join(folder, file))));
  return stale.map((file) => `${COMPILED_FOLDER}/${file}`);
}
