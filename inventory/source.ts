import { type DocumentEvents, documentEvents, MENDING_BUDGET } from './events.ts';

/** The text of one file, with its line starts found when first asked for. */
export interface Source {
  /** As given by the caller, with `/` separators; `-` for standard input. */
  readonly file: string;
  readonly text: string;
  lineStarts?: Uint32Array;
}

/**
 * The parser events of the document asked for last. Positions are asked for file by file, so one is enough,
 * and the events of a whole input would need far more memory than its values.
 */
export interface EventCache {
  source?: Source;
  start?: number;
  document?: DocumentEvents;
}

/** @returns the 1-based line and column of an offset; columns count UTF-16 units. */
export function lineAndColumn(source: Source, offset: number): { line: number; column: number } {
  source.lineStarts ??= findLineStarts(source.text);
  const starts = source.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function findLineStarts(text: string): Uint32Array {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return Uint32Array.from(starts);
}

/** @returns a place as people and editors write it: `file:line:column`. */
export function placeText(source: Source, offset: number): string {
  const { line, column } = lineAndColumn(source, offset);
  return `${source.file}:${line}:${column}`;
}

/** @returns the events of a document that was parsed before. */
export function eventsOf(
  cache: EventCache,
  source: Source,
  start: number,
  end: number,
  maxDepth: number,
): DocumentEvents {
  if (cache.source !== source || cache.start !== start || cache.document === undefined) {
    cache.source = source;
    cache.start = start;
    cache.document = documentEvents(source.text.slice(start, end), maxDepth, { left: MENDING_BUDGET });
  }
  return cache.document;
}
