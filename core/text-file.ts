import { createReadStream } from 'node:fs';
import { InputError } from './problem.ts';

/** How a file that a person wrote by hand is read. */
export interface TextFileOptions {
  /** Anything larger is a mistake. */
  readonly maxBytes: number;
  /** What the file is, with its article, e.g. `an exceptions file`. */
  readonly what: string;
  /** What to do when it cannot be read. @default check the path */
  readonly remedy?: string;
}

/**
 * Reads a text file in UTF-8. No more than one byte beyond the limit is read, so that a device without an end
 * is refused like any other file that is too large.
 *
 * @throws InputError when it cannot be read, or is too large
 */
export async function readTextFile(
  file: string,
  { maxBytes, what, remedy = 'check the path' }: TextFileOptions,
): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: maxBytes })) chunks.push(chunk);
  } catch (error) {
    throw new InputError([{ where: file, what: reasonOf(error), remedy }]);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > maxBytes) {
    const problem = { where: file, what: `more than ${maxBytes} bytes, the most that ${what} may have` };
    throw new InputError([{ ...problem, remedy: 'give the file that was meant, or split it' }]);
  }
  return bytes.toString('utf8');
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT') return 'no such file';
  return code === 'EISDIR' ? 'it is a folder, not a file' : `cannot be read (${code})`;
}
