/** A text in which some lines are indented further than they are written. */
export interface IndentedText {
  readonly text: string;
  /** @returns the offset in the text as written. */
  original(offset: number): number;
}

/** @returns spaces that indent a line further than any block of a text. */
export function widestIndent(text: string): string {
  let widest = 0;
  for (const { 0: indent } of text.matchAll(/^[ ?:-]+/gm)) widest = Math.max(widest, indent.length);
  return ' '.repeat(widest + 1);
}

/**
 * Puts an indent in front of lines.
 *
 * @param starts offsets of the lines, ascending
 */
export function indentLines(text: string, starts: readonly number[], indent: string): IndentedText {
  const parts: string[] = [];
  let done = 0;
  for (const start of starts) {
    parts.push(text.slice(done, start), indent);
    done = start;
  }
  parts.push(text.slice(done));
  return {
    text: parts.join(''),
    original: (offset) => {
      let low = 0;
      let high = starts.length;
      // the number of indents that start before the offset
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) + middle * indent.length < offset) low = middle + 1;
        else high = middle;
      }
      if (low === 0) return offset;
      const last = (starts[low - 1] ?? 0) + (low - 1) * indent.length;
      return offset - (low - 1) * indent.length - Math.min(indent.length, offset - last);
    },
  };
}

/** Text in quotes that starts where a value may start. */
const QUOTED = /(?<=^|[\s[{,:])(?:"(?:[^"\\]|\\.)*"|'[^']*')/g;

/**
 * The lines from one inside a flow collection on that surely stand inside it as well. A line on which quotes or
 * comments make that uncertain is the last.
 *
 * @param start offset of the first line
 */
export function flowLines(text: string, start: number): number[] {
  const starts: number[] = [];
  let depth = 1;
  for (let at = start; at < text.length && depth > 0; ) {
    starts.push(at);
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const plain = text.slice(at, end).replace(QUOTED, '');
    if (/["'#]/.test(plain)) break;
    for (const bracket of plain.match(/[[\]{}]/g) ?? []) {
      depth += bracket === '[' || bracket === '{' ? 1 : -1;
      if (depth === 0) break;
    }
    at = end + 1;
  }
  return starts;
}
