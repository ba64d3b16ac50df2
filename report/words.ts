import type { Finding } from '../policies/finding.ts';

/** @returns a number with its noun: `1 rule`, `2 rules`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** @returns a text as one line that a terminal shows as it is: no line breaks, no control characters. */
export function oneLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '\ufffd');
}

/** @returns where a finding stands, for people. */
export function placeText({ file, line }: Pick<Finding, 'file' | 'line'>): string {
  return file === '' ? 'not in the input' : `${file}:${line}`;
}
