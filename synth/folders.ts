import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../core/make-folder.ts';

/** Where the output of one environment stands, and where a run works before it does. */
export interface Folders {
  /** The manifests, `<out>/<platform>/<environment>`. */
  readonly manifests: string;
  /** The folder of the index, `<out>.index/<platform>/<environment>`. */
  readonly index: string;
  /** Prefix of all that a run keeps while it works: below the index, so that nobody reads it as manifests. */
  readonly work: string;
}

/** @returns the folders of an environment below an output folder. */
export function foldersOf(out: string, platform: string, environment: string): Folders {
  const root = resolve(out);
  const index = `${root}.index`;
  return {
    manifests: join(root, platform, environment),
    index: join(index, platform, environment),
    work: join(index, '.work', `${platform}.${environment}`),
  };
}

/** @returns every file below a folder as text, by path with `/` separators; none when there is no such folder. */
export function readTree(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), entry.isFile() ? readFileSync(path, 'utf8') : '');
  }
  return files;
}

/** Makes the folder that will hold `path`. */
export function makeParent(path: string): void {
  makeFolder(dirname(path));
}

/** Removes a file or folder, if it is there. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
