import { InputError, type Problem } from '../core/problem.ts';

/** How much input is read before it is refused; every bound keeps hostile input from exhausting the machine. */
export interface Limits {
  /** Bytes of one file, or of standard input. */
  readonly maxFileBytes: number;
  /** Bytes of all files together. */
  readonly maxTotalBytes: number;
  /** Characters of one YAML or JSON document; what is held as parser events at one time. */
  readonly maxDocumentBytes: number;
  /** Objects in all, items of lists counted one by one. */
  readonly maxObjects: number;
  /** Maps and lists inside each other. */
  readonly maxDepth: number;
  /** Nodes that aliases (`*name`) stand for, in all documents together. */
  readonly maxAliasNodes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  maxFileBytes: 128 * MIB,
  maxTotalBytes: 512 * MIB,
  maxDocumentBytes: 8 * MIB,
  maxObjects: 200_000,
  maxDepth: 100,
  maxAliasNodes: 100_000,
};

/** The name of a limit as a command line option: `maxFileBytes` is `--max-file-bytes`. */
function limitFlag(limit: keyof Limits): string {
  return `--${limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The command line options of a command that reads manifests, e.g. `--max-file-bytes <number>`.
 * Their parsed values are what `limitsFrom` takes.
 */
export const LIMIT_OPTIONS: readonly { readonly flags: string; readonly description: string }[] = (
  [
    ['maxFileBytes', 'bytes of one input file'],
    ['maxTotalBytes', 'bytes of all input files together'],
    ['maxDocumentBytes', 'bytes of one YAML document'],
    ['maxObjects', 'objects in the input'],
    ['maxDepth', 'maps and lists inside each other'],
    ['maxAliasNodes', 'nodes that YAML aliases stand for'],
  ] as const
).map(([limit, what]) => ({
  flags: `${limitFlag(limit)} <number>`,
  description: `limit: ${what} (default ${DEFAULT_LIMITS[limit]})`,
}));

/**
 * Limits from parsed command line options; other options are ignored.
 *
 * @throws InputError where a limit is not a whole number above 0
 */
export function limitsFrom(options: Readonly<Record<string, unknown>>): Limits {
  const problems: Problem[] = [];
  const limits: Record<string, number> = { ...DEFAULT_LIMITS };
  for (const limit of Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]) {
    const given = options[limit];
    if (given === undefined) continue;
    const value = Number(given);
    if (Number.isSafeInteger(value) && value > 0) limits[limit] = value;
    else
      problems.push({
        where: limitFlag(limit),
        what: `${String(given)} is not a limit`,
        remedy: 'give a whole number above 0',
      });
  }
  if (problems.length > 0) throw new InputError(problems);
  return limits as unknown as Limits;
}

/** @returns the problem of input beyond a limit. */
export function beyondLimit(where: string, what: string, limit: keyof Limits, limits: Limits): Problem {
  return {
    where,
    what: `${what}; the limit is ${limits[limit]}`,
    remedy: `if you trust the input, raise it with ${limitFlag(limit)}`,
  };
}
