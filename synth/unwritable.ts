import { pointerSegment } from '../core/pointer.ts';

/** A value that JSON has no form for; its path grows while the error passes what the value lies in. */
export class UnwritableError extends Error {
  readonly what: string;
  readonly remedy: string;
  readonly #segments: string[] = [];

  constructor(what: string, remedy: string) {
    super();
    this.what = what;
    this.remedy = remedy;
    this.#describe();
  }

  /** JSON pointer (RFC 6901) of the value, as far as the error has come. */
  get path(): string {
    return this.#segments.map((key) => `/${pointerSegment(key)}`).join('');
  }

  /** Puts the field that holds what the path leads through before it. */
  enter(field: string): void {
    this.#segments.unshift(field);
    this.#describe();
  }

  #describe(): void {
    this.message = this.path === '' ? this.what : `${this.path}: ${this.what}`;
  }
}

/** Runs `body`, which renders the value of a field, so that an error of it knows the field. */
export function within<T>(field: string | number, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof UnwritableError) error.enter(String(field));
    throw error;
  }
}
