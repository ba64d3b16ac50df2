import {
  closeSync,
  createReadStream,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { compareText } from '../core/compare-text.ts';
import { InputError, type Problem } from '../core/problem.ts';
import { decode } from './decode.ts';
import { buildInventory } from './inventory.ts';
import { beyondLimit, type Limits } from './limits.ts';
import type { Inventory, InventoryObject } from './model.ts';
import { parseInto, startReading } from './parse.ts';

/** Limits, each with a default, and where `-` reads from. */
export interface ReadOptions extends Partial<Limits> {
  /** @default process.stdin */
  readonly stdin?: Readable;
}

/** Names of the files that a folder is read for. */
export const MANIFEST_FILE = /\.(ya?ml|json)$/i;

/** What cdk8s writes beside its manifests when validations are on, and what no folder of manifests means by it. */
const CDK8S_METADATA = 'construct-metadata.json';

/**
 * Reads every Kubernetes object of files and folders, and of standard input for `-`.
 * Folders are read with their subfolders, in code unit order of the names; of their files those that end in
 * `.yaml`, `.yml` or `.json`; hidden files and folders, and the metadata of cdk8s, are left out. A file that is reached twice is read once.
 *
 * @throws InputError with every problem of every file
 */
export async function readInventory(paths: readonly string[], options: ReadOptions = {}): Promise<Inventory> {
  const { stdin = process.stdin, ...limits } = options;
  const problems: Problem[] = [];
  const files = listFiles(paths, problems);
  const reading = startReading(limits);
  const objects: InventoryObject[] = [];
  let total = 0;
  for (const file of files) {
    const bytes = await readBytes(file, file === '-' ? stdin : undefined, reading.limits, problems);
    if (bytes === undefined) continue;
    total += bytes.length;
    if (total > reading.limits.maxTotalBytes) {
      problems.push(
        beyondLimit(file, 'too many bytes in all files together', 'maxTotalBytes', reading.limits),
      );
      break;
    }
    const text = decode(bytes, file, problems);
    if (text === undefined) continue;
    for (const object of parseInto(problems, { file, text }, reading)) objects.push(object);
    if (reading.objects > reading.limits.maxObjects) break;
  }
  if (problems.length > 0) throw new InputError(problems);
  return buildInventory(objects);
}

function listFiles(paths: readonly string[], problems: Problem[]): string[] {
  const files: string[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '-') {
      if (!seen.has('-')) files.push('-');
      seen.add('-');
      continue;
    }
    if (path === '') {
      problems.push({ where: 'command line', what: 'an empty path', remedy: 'give a file, a folder or -' });
      continue;
    }
    const before = files.length;
    const kind = visit(path.replaceAll('\\', '/'), files, seen, problems);
    if (kind === 'folder' && files.length === before) {
      problems.push({
        where: path,
        what: 'no manifests in this folder',
        remedy: 'give a folder with .yaml, .yml or .json files',
      });
    }
  }
  return files;
}

type Visited = 'file' | 'folder' | 'other';

/** Visits what a person named, or what a symbolic link in a folder leads to. */
function visit(
  path: string,
  files: string[],
  seen: Set<string>,
  problems: Problem[],
  linked = false,
): Visited {
  try {
    const stats = statSync(path);
    // the real path ends loops of symbolic links, and reads a file once that is reached on two ways
    const real = realpathSync.native(path);
    if (stats.isDirectory()) return visitFolder(path, real, files, seen, problems);
    if (linked && !(stats.isFile() && MANIFEST_FILE.test(path))) return 'other';
    if (!seen.has(real)) files.push(path);
    seen.add(real);
    return 'file';
  } catch (error) {
    problems.push(fileProblem(path, error));
    return 'other';
  }
}

/** Asks the file system about links only: a folder may hold thousands of files. */
function visitFolder(
  path: string,
  real: string,
  files: string[],
  seen: Set<string>,
  problems: Problem[],
): Visited {
  if (seen.has(real)) return 'other';
  seen.add(real);
  const entries = readdirSync(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    const { name } = entry;
    if (name.startsWith('.') || name === CDK8S_METADATA) continue;
    const below = join(path, name).replaceAll('\\', '/');
    const realBelow = join(real, name);
    if (entry.isFile()) {
      if (!MANIFEST_FILE.test(name)) continue;
      if (!seen.has(realBelow)) files.push(below);
      seen.add(realBelow);
    } else {
      visit(below, files, seen, problems, true);
    }
  }
  return 'folder';
}

/** Reads at most one byte more than the limit, whatever the size that the file system tells. */
async function readBytes(
  file: string,
  stdin: Readable | undefined,
  limits: Limits,
  problems: Problem[],
): Promise<Buffer | undefined> {
  try {
    const limit = limits.maxFileBytes;
    const bytes =
      (stdin === undefined ? regularFile(file, limit) : undefined) ??
      (await streamed(stdin ?? createReadStream(file), limit));
    if (bytes.length <= limit) return bytes;
    problems.push(beyondLimit(file, 'the file is too large', 'maxFileBytes', limits));
  } catch (error) {
    problems.push(fileProblem(file, error));
  }
  return undefined;
}

/** @returns undefined where only a stream can tell the end: a pipe, a device, a file that grows */
function regularFile(file: string, limit: number): Buffer | undefined {
  const { size } = statSync(file);
  // a pipe has no size, and what is opened and closed here would be lost to the stream
  if (size === 0) return undefined;
  const buffer = Buffer.allocUnsafe(Math.min(size, limit) + 1);
  const handle = openSync(file, 'r');
  try {
    let length = 0;
    let read = -1;
    while (read !== 0 && length < buffer.length) {
      read = readSync(handle, buffer, length, buffer.length - length, null);
      length += read;
    }
    return read === 0 || length > limit ? buffer.subarray(0, length) : undefined;
  } finally {
    closeSync(handle);
  }
}

async function streamed(input: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    chunks.push(bytes);
    if (size > limit) break;
  }
  return Buffer.concat(chunks);
}

function fileProblem(path: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const known: Readonly<Record<string, [what: string, remedy: string]>> = {
    ENOENT: ['there is no such file or folder', 'check the path'],
    ENOTDIR: ['a part of the path is not a folder', 'check the path'],
    EACCES: ['it cannot be read: permission denied', 'change its permissions'],
    ELOOP: ['symbolic links go in a circle', 'remove the link'],
  };
  const [what, remedy] = known[code] ?? [`it cannot be read (${code})`, 'check the path'];
  return { where: path, what, remedy };
}
