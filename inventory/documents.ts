import { findOffending } from './characters.ts';
import { YamlProblem } from './yaml-problem.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/** A part of a file that is one document. */
export interface Chunk {
  /** Offsets into the file's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Strict JSON, where text may hold what YAML must escape. */
  readonly json: boolean;
}

/**
 * The documents of a text, cut as kubectl and Argo CD cut it: at every line that starts with `---`, or, where the
 * text is a stream of JSON objects, after each of them.
 *
 * @throws YamlProblem where kubectl would drop text, or read it otherwise than YAML does
 */
export function* splitDocuments(text: string): Generator<Chunk, void> {
  const json = jsonStream(text);
  if (json === undefined) yield* yamlStream(text);
  else yield* json;
}

function* yamlStream(text: string): Generator<Chunk, void> {
  const offending = findOffending(text);
  if (offending !== undefined) throw offending;
  let start = 0;
  for (
    let at = text.startsWith('---') ? 0 : nextSeparator(text, 0);
    at >= 0;
    at = nextSeparator(text, start)
  ) {
    if (!isBlank(text, start, at)) yield { start, end: at, json: false };
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    checkSeparator(text.slice(at, lineEnd), at);
    // the break stays with the chunk, so that a separator on the very next line is seen
    start = lineEnd;
  }
  if (!isBlank(text, start, text.length)) yield { start, end: text.length, json: false };
}

function isBlank(text: string, start: number, end: number): boolean {
  const visible = /[^ \t\r\n]/g;
  visible.lastIndex = start;
  const match = visible.exec(text);
  return match === null || match.index >= end;
}

function nextSeparator(text: string, from: number): number {
  const at = text.indexOf('\n---', from);
  return at < 0 ? -1 : at + 1;
}

function checkSeparator(line: string, offset: number): void {
  if (/^---[ \t\r]*$|^---[ \t]+#/.test(line)) return;
  throw new YamlProblem(
    offset,
    `text after --- on the same line: ${JSON.stringify(line.slice(3, 43).trim())}`,
    'put it on the next line; kubectl takes every line that starts with --- for a document separator and drops the rest of it',
  );
}

/** Strict JSON objects, one after the other with nothing but space between; otherwise undefined. */
function jsonStream(text: string): Chunk[] | undefined {
  if (!/^[ \t\r\n]*\{/.test(text)) return undefined;
  const chunks: Chunk[] = [];
  let start = text.indexOf('{');
  while (start >= 0) {
    const end = endOfObject(text, start);
    if (end === undefined || !isJson(text.slice(start, end))) return undefined;
    chunks.push({ start, end, json: true });
    const rest = /[^ \t\r\n]/g;
    rest.lastIndex = end;
    const next = rest.exec(text);
    if (next === null) break;
    if (next[0] !== '{') return undefined;
    start = next.index;
  }
  return chunks;
}

function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (char === OPEN) depth += 1;
    else if (char === CLOSE) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
