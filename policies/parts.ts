import { join, relative, resolve } from 'node:path';
import { findIndexes, type IndexCache } from './find-index.ts';
import type { EnvironmentIndex } from './index-file.ts';

/** Paths that are one inventory. */
export interface Part {
  readonly paths: readonly string[];
  /** What synth wrote about the paths. */
  readonly found?: {
    /** The environment's folder, absolute. */
    readonly folder: string;
    readonly index: EnvironmentIndex;
    /** The folder that holds the output folder and its index, absolute. @default not known */
    readonly root?: string;
  };
}

/** Paths by the environments that they stand in; an index that is given speaks of the first path. */
export async function partsOf(paths: readonly string[], index?: EnvironmentIndex): Promise<Part[]> {
  const [first] = paths;
  if (index !== undefined && first !== undefined)
    return [{ paths, found: { folder: resolve(first), index } }];
  const cache: IndexCache = new Map();
  const looked = await Promise.all(
    paths.map(async (path) => ({ path, indexes: path === '-' ? [] : await findIndexes(path, cache) })),
  );
  const environments = new Map(
    looked.flatMap(({ indexes }) => indexes.map((found) => [found.folder, found])),
  );
  const parts = [...environments].map(([folder, found]): Part => {
    const inside = looked.filter(({ indexes }) => indexes.some((other) => other.folder === folder));
    // plain manifests beside one environment belong to it; beside several it is not known to which
    const own = environments.size === 1 ? paths : inside.map(({ path }) => within(path, folder));
    return { paths: own, found };
  });
  const plain = looked.filter(({ indexes }) => indexes.length === 0).map(({ path }) => path);
  return parts.length === 1 || plain.length === 0 ? parts : [...parts, { paths: plain }];
}

/** The part of a path that is an environment, written as the path is. */
function within(path: string, folder: string): string {
  const below = relative(resolve(path), folder);
  return below.startsWith('..') ? path : join(path, below);
}

/**
 * @param read the files that were read
 * @returns whether paths lie inside an environment's folder and leave some of what synth wrote there out
 */
export function leavesOut({ paths, found }: Part, read: Iterable<string>): boolean {
  if (found === undefined) return false;
  const { folder, index } = found;
  if (paths.some((path) => path !== '-' && !relative(resolve(path), folder).startsWith('..'))) return false;
  const files = new Set([...read].map((file) => resolve(file)));
  return index.objects.some(({ file }) => !files.has(resolve(folder, file)));
}
