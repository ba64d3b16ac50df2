import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { load } from 'js-yaml';
import type { Manifest } from '../../core/manifest.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** One synthesized environment of this repository. */
export interface DistEnvironment {
  /** `<platform>/<environment>`. */
  readonly name: string;
  /** In apply order, each as written. */
  readonly objects: readonly { readonly file: string; readonly manifest: Manifest }[];
}

/** @returns every environment below `dist/`, in the order of their names. */
export function distEnvironments(): DistEnvironment[] {
  return globSync('dist.index/*/*/index.json', { cwd: ROOT })
    .toSorted()
    .map((file) => {
      const name = relative('dist.index', dirname(file));
      const index = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as {
        objects: { order: number; file: string }[];
      };
      const objects = index.objects
        .toSorted((a, b) => a.order - b.order)
        .map(({ file }) => ({
          file,
          manifest: load(readFileSync(join(ROOT, 'dist', name, file), 'utf8')) as Manifest,
        }));
      return { name, objects };
    });
}

/** @returns the files below `dist/` that no index names, and the indexes' files that are not there. */
export function strayFiles(environments: readonly DistEnvironment[]): string[] {
  const named = environments.flatMap(({ name, objects }) => objects.map(({ file }) => join(name, file)));
  const present = globSync('**/*', { cwd: join(ROOT, 'dist'), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(ROOT, 'dist'), join(entry.parentPath, entry.name)));
  return [
    ...present.filter((file) => !named.includes(file)),
    ...named.filter((file) => !existsSync(join(ROOT, 'dist', file))),
  ];
}
