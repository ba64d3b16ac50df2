/** Something wrong inside one manifest. */
export interface Fault {
  /** JSON pointer (RFC 6901) of the field at fault, `''` for the whole manifest. */
  readonly path: string;
  /** What is wrong, with the offending value. */
  readonly what: string;
  readonly remedy?: string;
}

/** @returns one segment of a JSON pointer (RFC 6901). */
export function segment(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
