import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/problem.ts';
import { type Changes, changesBetween } from './changes.ts';
import { type Folders, makeParent, readTree, remove } from './folders.ts';
import { refuseForeignFiles } from './foreign-files.ts';
import { isAlive, withLock } from './lock.ts';
import type { Output } from './output.ts';

/** What a replacement has just done; in this order. */
export type Step =
  | 'staged'
  | 'noted'
  | 'manifests-away'
  | 'manifests-in'
  | 'index-away'
  | 'index-in'
  | 'committed';

export interface ReplaceOptions {
  /**
   * Judges the manifests in the folder where they wait, before anything is replaced.
   * @default accepts
   */
  readonly accept?: (manifests: string) => Promise<boolean>;
  /**
   * Whether files that synth did not write are removed with the folder.
   * @default false
   */
  readonly force?: boolean;
  /** Called after each step. @default nothing */
  readonly onStep?: (step: Step) => void;
}

/** The two folders that are swapped, by their names inside stage and backup. */
const PARTS = ['manifests', 'index'] as const;

/**
 * Replaces the output of one environment as a whole: manifests and index are written beside it, judged, then renamed
 * into its place. Whenever the process dies, the next run finds either the old output or the new one complete: until
 * the step `committed` it puts the old one back, after it only the remains are removed. Between two of the renames the
 * folder is absent for an instant; nothing but a next run mends a death in that instant. Where nothing differs,
 * nothing is touched.
 *
 * @returns what changed; undefined when the manifests were not accepted, and the output is as it was
 * @throws InputError when the folder holds files that synth did not write, or another process keeps the output locked
 */
export async function replaceOutput(
  folders: Folders,
  output: Output,
  options: ReplaceOptions = {},
): Promise<Changes | undefined> {
  const { accept = async () => true, force = false, onStep = () => {} } = options;
  const lock = `${folders.work}.lock`;
  await withLock(lock, () => {
    recover(folders);
    if (!force) refuseForeignFiles(folders);
  });
  const stage = writeStage(folders, output);
  try {
    onStep('staged');
    if (!(await accept(join(stage, 'manifests')))) return undefined;
    return await withLock(lock, () => {
      recover(folders);
      if (!force) refuseForeignFiles(folders);
      const changes = compareOutput(folders, output);
      if (!changes.none) swap(folders, stage, onStep);
      return changes;
    });
  } finally {
    remove(stage);
  }
}

/** @returns the difference that {@link replaceOutput} would make; changes nothing. */
export function compareOutput(folders: Folders, output: Output): Changes {
  return changesBetween(readOutput(folders), output);
}

function readOutput({ manifests, index }: Folders): Output {
  const file = join(index, 'index.json');
  return {
    manifests: readWhereItStands(manifests, () => readTree(manifests)),
    index: readWhereItStands(file, () => (existsSync(file) ? readFileSync(file, 'utf8') : '')),
  };
}

/** Says in a sentence that something else stands in the place of what synth writes, or that it may not be read. */
function readWhereItStands<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error;
    const what = `cannot be read as output of synth (${error.code})`;
    throw new InputError([{ where: path, what, remedy: 'move it elsewhere, or choose another --out' }]);
  }
}

function writeStage({ work }: Folders, { manifests, index }: Output): string {
  const stage = mkdtempSync(`${work}.stage-${process.pid}-`);
  const made = new Set<string>();
  for (const [file, text] of [...manifests].map(
    ([file, text]) => [join(stage, 'manifests', file), text] as const,
  )) {
    const folder = dirname(file);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true });
    made.add(folder);
    writeFileSync(file, text);
  }
  mkdirSync(join(stage, 'manifests'), { recursive: true });
  mkdirSync(join(stage, 'index'));
  writeFileSync(join(stage, 'index', 'index.json'), index);
  return stage;
}

function swap(folders: Folders, stage: string, onStep: (step: Step) => void): void {
  const backup = backupOf(folders);
  mkdirSync(backup);
  const existing = PARTS.filter((part) => existsSync(folders[part]));
  // written aside and renamed, so that it is whole whenever it is there
  writeFileSync(join(backup, 'note.tmp'), JSON.stringify(existing));
  renameSync(join(backup, 'note.tmp'), noteOf(backup));
  onStep('noted');
  for (const part of PARTS) {
    makeParent(folders[part]);
    if (existing.includes(part)) moveFolder(folders[part], join(backup, part));
    onStep(`${part}-away`);
    moveFolder(join(stage, part), folders[part]);
    onStep(`${part}-in`);
  }
  renameSync(backup, doneOf(folders));
  onStep('committed');
  remove(doneOf(folders));
}

/** Undoes what a dead run had begun and removes what a finished one had left. */
function recover(folders: Folders): void {
  const backup = backupOf(folders);
  if (existsSync(noteOf(backup))) {
    const existed: unknown = JSON.parse(readFileSync(noteOf(backup), 'utf8'));
    for (const part of PARTS) {
      const kept = join(backup, part);
      const wasThere = Array.isArray(existed) && existed.includes(part);
      // what was there and has not been moved away is still the old
      if (!wasThere || existsSync(kept)) remove(folders[part]);
      if (existsSync(kept)) moveFolder(kept, folders[part]);
    }
  }
  remove(backup);
  remove(doneOf(folders));
  const stages = `${basename(folders.work)}.stage-`;
  for (const name of readdirSync(dirname(folders.work))) {
    if (name.startsWith(stages) && !isAlive(Number.parseInt(name.slice(stages.length), 10))) {
      remove(join(dirname(folders.work), name));
    }
  }
}

function backupOf({ work }: Folders): string {
  return `${work}.previous`;
}

function noteOf(backup: string): string {
  return join(backup, 'note.json');
}

function doneOf({ work }: Folders): string {
  return `${work}.done`;
}

function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    throw new InputError([
      {
        where: to,
        what: 'the output folder and its index lie on different file systems, so neither can be replaced at once',
        remedy: 'choose an --out whose parent folder is on the same file system',
      },
    ]);
  }
}
