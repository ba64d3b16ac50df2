import { createHash } from 'node:crypto';

/** Longest value that a label, and longest name that a DNS label, may have. */
export const MAX_LABEL = 63;

/**
 * @param length how many characters to keep
 * @returns the first characters of a run id without its dashes, fit for an object name
 * @throws RangeError if nothing usable is left
 */
export function shortRunId(runId: string, length: number): string {
  const short = runId.toLowerCase().replaceAll('-', '').slice(0, length);
  if (!/^[a-z0-9]+$/.test(short)) {
    throw new RangeError(
      `run id ${JSON.stringify(runId)} makes no object name; use letters, digits and dashes, as in a GUID`,
    );
  }
  return short;
}

/**
 * A run id as a label value: at most 54 sanitized characters, then 8 hex digits of the SHA-256 of the id as
 * given, so that ids that only differ in what sanitizing drops stay apart.
 */
export function runLabel(runId: string): string {
  const hash = createHash('sha256').update(runId, 'utf8').digest('hex').slice(0, 8);
  const readable = runId
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, MAX_LABEL - 1 - hash.length)
    .replace(/^[^A-Za-z0-9]+/, '');
  return readable === '' ? hash : `${readable}-${hash}`;
}
