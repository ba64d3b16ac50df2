import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of Sluice's package.json: the repository itself, or the installed package, whose compiled
 * modules stand one folder deeper.
 */
export const PROJECT_ROOT: string = projectRoot(dirname(fileURLToPath(import.meta.url)));

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json of sluice not found above its own modules');
  return projectRoot(parent);
}
