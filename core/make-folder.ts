import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, one at a time: Node's own recursive mkdir never returns
 * where a file system, such as /proc, lets none be made.
 *
 * @throws the error of the file system for the first folder that cannot be made
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // made by another process in the meantime
    if (!existsSync(folder)) throw error;
  }
}
