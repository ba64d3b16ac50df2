import { isUtf8 } from 'node:buffer';
import type { Problem } from '../core/problem.ts';
import { placeText } from './source.ts';

/** @returns the text of a file; undefined, with a problem, where it is not UTF-8. */
export function decode(bytes: Buffer, file: string, problems: Problem[]): string | undefined {
  const remedy = 'save the file as UTF-8';
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    problems.push({ where: file, what: 'the file is UTF-16', remedy });
    return undefined;
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  if (isUtf8(bytes)) return text;
  const where = placeText({ file, text }, firstInvalid(bytes, text));
  problems.push({ where, what: 'bytes that are not UTF-8', remedy });
  return undefined;
}

/** @returns the offset in the decoded text of the first replacement character that does not stand in the file itself. */
function firstInvalid(bytes: Buffer, text: string): number {
  // the decoder takes away a byte order mark
  let byte = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let before = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    byte += Buffer.byteLength(text.slice(before, at));
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) return at;
    before = at;
  }
  return 0;
}
