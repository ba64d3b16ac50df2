import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/problem.ts';
import { type Folders, readTree } from './folders.ts';
import { HEADER } from './output.ts';

const SHOWN = 5;

/**
 * Refuses to replace a folder in which somebody keeps files of their own: files that neither the index lists nor
 * synth's first line marks.
 *
 * @throws InputError naming the first few
 */
export function refuseForeignFiles({ manifests, index }: Folders): void {
  const listed = listedFiles(join(index, 'index.json'));
  const foreign = [...readTree(manifests)].filter(
    ([file, text]) => !listed.has(file) && !text.startsWith(HEADER),
  );
  if (foreign.length === 0) return;
  const more = foreign.length > SHOWN ? ` and ${foreign.length - SHOWN} more` : '';
  throw new InputError([
    {
      where: manifests,
      what: `holds files that synth did not write: ${foreign
        .slice(0, SHOWN)
        .map(([file]) => file)
        .join(', ')}${more}`,
      remedy: 'move them elsewhere, choose another --out, or remove them with --force',
    },
  ]);
}

/** The index is ours, but it lies where anybody can write: what cannot be read lists nothing. */
function listedFiles(index: string): ReadonlySet<string> {
  if (!existsSync(index)) return new Set();
  try {
    const { objects }: { objects?: unknown } = Object(JSON.parse(readFileSync(index, 'utf8')));
    return new Set(Array.isArray(objects) ? objects.map((entry) => String(Object(entry).file)) : []);
  } catch {
    return new Set();
  }
}
