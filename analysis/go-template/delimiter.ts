const SPACES = ' \t\r\n';

/** Length of a right delimiter, trim marker included; 0 where there is none. */
export function rightDelimiter(source: string, at: number): number {
  if (isSpace(source[at] ?? '') && source.startsWith('-}}', at + 1)) return 4;
  return source.startsWith('}}', at) ? 2 : 0;
}

/** @returns where the text behind a right delimiter begins, less the space that its trim marker takes. */
export function afterRight(source: string, at: number): number {
  const length = rightDelimiter(source, at);
  let end = at + length;
  if (length === 4) while (isSpace(source[end] ?? '')) end += 1;
  return end;
}

export function isSpace(char: string): boolean {
  return char !== '' && SPACES.includes(char);
}
