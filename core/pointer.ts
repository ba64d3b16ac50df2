/** @returns a key or index as one segment of a JSON pointer (RFC 6901). */
export function pointerSegment(key: string | number): string {
  const text = String(key);
  return /[~/]/.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}
