import { realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { InputError } from '../core/problem.ts';
import { MANIFEST_FILE } from '../inventory/index.ts';

/**
 * Refuses a report file that would replace a manifest, or that the next run would read as one.
 *
 * @throws InputError where it is one of the paths that are read, or lies inside one with the name of a manifest
 */
export function checkReportFile(file: string, paths: readonly string[]): void {
  const real = realPath(file);
  const path = paths.find(
    (candidate) => candidate !== '-' && !relative(realPath(candidate), real).startsWith('..'),
  );
  if (path === undefined) return;
  const same = realPath(path) === real;
  if (!same && !MANIFEST_FILE.test(file)) return;
  const what = same ? 'is read as manifests' : `lies inside ${path}, which is read as manifests`;
  throw new InputError([
    {
      where: file,
      what,
      remedy: 'give --output a file outside of the manifests, or one that ends otherwise',
    },
  ]);
}

/** The path without symbolic links, as far as it is there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const absolute = resolve(path);
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(realPath(parent), basename(absolute));
  }
}

/** @throws InputError where the file cannot be written */
export async function writeReportFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new InputError([
      { where: file, what: `cannot be written (${reason})`, remedy: 'check the path given with --output' },
    ]);
  }
}
