/** Something wrong inside one manifest. */
export interface Fault {
  /** JSON pointer (RFC 6901) of the field at fault, `''` for the whole manifest. */
  readonly path: string;
  /** What is wrong, with the offending value. */
  readonly what: string;
  readonly remedy?: string;
}
