import { linkSync, lstatSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '../core/problem.ts';
import { makeParent, remove } from './folders.ts';

/** A swap takes milliseconds; whoever holds the lock longer than this is not about to give it back. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;
/** A process writes its id into its lock at once; a lock without one that is older is of a process that has died. */
const UNSIGNED_MS = 3_000;

/**
 * Runs `body` while no other process runs one under the same file. A lock whose process has ended is taken over, and
 * so is an old one that names no process.
 *
 * @throws InputError when another process keeps it
 */
export async function withLock<T>(file: string, body: () => T): Promise<T> {
  makeParent(file);
  for (let waited = 0; !take(file); waited += PAUSE_MS) {
    if (waited >= PATIENCE_MS) {
      const pid = holder(file);
      throw new InputError([
        {
          where: file,
          what: `${pid === undefined ? 'something that names no process' : `process ${pid}`} keeps the output locked`,
          remedy: 'wait for it, or remove what stands there',
        },
      ]);
    }
    await sleep(PAUSE_MS);
  }
  try {
    return body();
  } finally {
    remove(file);
  }
}

/** @returns whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const pid = holder(file);
  if (pid === undefined ? isOldFile(file) : !isAlive(pid)) discard(file, pid);
  return false;
}

function isOldFile(file: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && Date.now() - stats.mtimeMs > UNSIGNED_MS;
}

/** Moves a dead process's lock away; one that another process has put there meanwhile goes back. */
function discard(file: string, pid: number | undefined): void {
  const aside = `${file}-${process.pid}`;
  try {
    renameSync(file, aside);
    if (holder(aside) !== pid) linkSync(aside, file);
  } catch {
    // another process was quicker
  }
  remove(aside);
}

function holder(file: string): number | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}
