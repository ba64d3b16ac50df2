import { bytesOf, textOf } from './bytes.ts';
import { TemplateError } from './error.ts';

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
};

const NUMERIC = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/;

/**
 * The bytes of a Go string literal, in double quotes or backquotes.
 *
 * @throws TemplateError
 */
export function unquote(literal: string): string {
  const inside = literal.slice(1, -1);
  // a raw string holds everything but carriage returns
  if (literal.startsWith('`')) return bytesOf(inside.replaceAll('\r', ''));
  let bytes = '';
  for (let at = 0; at < inside.length; ) {
    const { value, raw, length } = characterAt(inside, at, '"');
    bytes += raw ? String.fromCharCode(value) : bytesOf(String.fromCodePoint(value));
    at += length;
  }
  return bytes;
}

/**
 * The code point of a Go character constant such as `'a'`.
 *
 * @throws TemplateError
 */
export function unquoteCharacter(literal: string): number {
  const { value, length } = characterAt(literal, 1, "'");
  if (literal.slice(1 + length) !== "'") fail(`malformed character constant: ${literal}`);
  return value;
}

interface Character {
  readonly value: number;
  /** Whether the value is a byte, not a code point. */
  readonly raw: boolean;
  readonly length: number;
}

function characterAt(text: string, at: number, quote: string): Character {
  const point = text.codePointAt(at) ?? 0;
  const char = String.fromCodePoint(point);
  if (char === quote) fail('invalid syntax');
  if (char !== '\\') return { value: point, raw: false, length: char.length };
  const next = text[at + 1] ?? '';
  const simple = next === quote ? quote.charCodeAt(0) : SIMPLE[next];
  if (simple !== undefined) return { value: simple, raw: false, length: 2 };
  const [code, byte, short, long, octal] = NUMERIC.exec(text.slice(at + 1, at + 10)) ?? [];
  if (code === undefined) fail('invalid syntax');
  const raw = byte !== undefined || octal !== undefined;
  const value =
    octal === undefined ? Number.parseInt(byte ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  const valid = raw ? value <= 0xff : value <= 0x10ffff && !(value >= 0xd800 && value < 0xe000);
  if (!valid) fail('invalid syntax');
  return { value, raw, length: 1 + code.length };
}

function fail(message: string): never {
  throw new TemplateError('parse', message);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** The UTF-8 characters of bytes; a byte that belongs to none stands for itself. */
export const CHARACTERS =
  /[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|./gs;

/** @returns bytes as a Go string literal in double quotes. */
export function quoted(bytes: string): string {
  const inside = bytes.replace(CHARACTERS, (found) => {
    if (found.length === 1 && found > '\x7f') return hexByte(found.charCodeAt(0));
    return escaped(textOf(found), '"');
  });
  return `"${inside}"`;
}

/** @returns a code point as a Go character constant. */
export function quotedCharacter(point: number): string {
  return `'${escaped(String.fromCodePoint(point), "'")}'`;
}

function escaped(char: string, quote: string): string {
  const point = char.codePointAt(0) ?? 0;
  if (char === quote) return `\\${quote}`;
  const known = ESCAPES[char];
  if (known !== undefined) return known;
  if (isPrintable(char)) return bytesOf(char);
  if (point < 0x80) return hexByte(point);
  const hex = point.toString(16);
  return point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Whether Go prints a character as it is: letters, marks, numbers, punctuation, symbols and the plain space. */
export function isPrintable(char: string): boolean {
  return /^[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
}

function hexByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}
