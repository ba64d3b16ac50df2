import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../core/problem.ts';
import { type EnvironmentIndex, parseIndex } from './index-file.ts';

/** An index and the folder of manifests it speaks of. */
export interface FoundIndex {
  /** Absolute. */
  readonly folder: string;
  /** The folder that holds the output folder and its index; absolute. */
  readonly root: string;
  readonly index: EnvironmentIndex;
}

const FILE = 'index.json';
/** An index tells a few hundred bytes an object. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Indexes that have been read, by file; many paths may share one. */
export type IndexCache = Map<string, Promise<FoundIndex>>;

/** `DIR.index/<platform>/<environment>/index.json`. */
const MAX_DEPTH = 3;

/**
 * Finds the indexes of a path: the one of the environment that it stands in, or those of all environments below
 * it. For a folder `dist/a/b` these are `dist.index/a/b/index.json` and the like.
 *
 * @param cache shared by the look-ups of one run
 * @throws InputError when an index is there and cannot be read
 */
export async function findIndexes(path: string, cache: IndexCache = new Map()): Promise<FoundIndex[]> {
  const target = resolve(path);
  for (const [ancestor, indexes] of await indexFolders(target)) {
    for (const folder of upTo(target, ancestor)) {
      const file = join(indexes, relative(ancestor, folder), FILE);
      if (await isFile(file)) return [await readOnce(cache, file, folder, dirname(indexes))];
    }
    const below = await filesBelow(join(indexes, relative(ancestor, target)), MAX_DEPTH);
    if (below.length > 0)
      return Promise.all(
        below.map((file) =>
          readOnce(cache, file, join(ancestor, relative(indexes, dirname(file))), dirname(indexes)),
        ),
      );
  }
  return [];
}

/** The folders `X.index` beside the path or an ancestor X of it, nearest first. */
async function indexFolders(target: string): Promise<[ancestor: string, indexes: string][]> {
  const found: [string, string][] = [];
  for (const ancestor of upTo(target)) {
    const indexes = `${ancestor}.index`;
    if (dirname(ancestor) !== ancestor && (await isFolder(indexes))) found.push([ancestor, indexes]);
  }
  return found;
}

/** A path and its ancestors, nearest first, the last one `end`. */
function* upTo(path: string, end?: string): Generator<string> {
  for (let at = path; ; at = dirname(at)) {
    yield at;
    if (at === end || at === dirname(at)) return;
  }
}

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  if (depth === 0 || !(await isFolder(folder))) return [];
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.'))
      found.push(...(await filesBelow(path, depth - 1)));
    else if (entry.isFile() && entry.name === FILE) found.push(path);
  }
  return found;
}

function readOnce(cache: IndexCache, file: string, folder: string, root: string): Promise<FoundIndex> {
  const known = cache.get(file) ?? read(file, folder, root);
  cache.set(file, known);
  return known;
}

async function read(file: string, folder: string, root: string): Promise<FoundIndex> {
  const where = relative(process.cwd(), file);
  const { size } = await stat(file);
  if (size > MAX_BYTES) throw new InputError([{ where, what: `${size} bytes, more than an index has` }]);
  return { folder, root, index: parseIndex(await readFile(file, 'utf8'), where) };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
