import { Undetermined } from './error.ts';

/*
 * Go strings are bytes. Here they are strings of characters up to U+00FF, one a byte; a character above stands for a
 * text that is unknown until the pod runs.
 */

const UNKNOWN = /[\u0100-\uffff]/;
const EVERY_UNKNOWN = /[\u0100-\uffff]/g;
const FIRST_UNKNOWN = 0x100;
const MAX_UNKNOWNS = 0xf000;

/** Larger values are no identity of anything; Go would go on until memory runs out. */
const MAX_BYTES = 1 << 16;

/** @returns the UTF-8 bytes of a text. */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** @returns the text of bytes; what is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Names the texts that are unknown; each name has one symbol. */
export class Unknowns {
  readonly #names: { readonly name: string; readonly empty: boolean }[] = [];
  readonly #symbols = new Map<string, string>();

  /**
   * @param name of the data, e.g. `.PodMeta.UID`
   * @param empty whether the text may turn out to be empty
   */
  symbol(name: string, empty: boolean): string {
    const known = this.#symbols.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= MAX_UNKNOWNS) throw new Undetermined('too much unknown data');
    const symbol = String.fromCharCode(FIRST_UNKNOWN + this.#names.length);
    this.#names.push({ name, empty });
    this.#symbols.set(name, symbol);
    return symbol;
  }

  /** @returns the names of the unknown texts in bytes, in their order. */
  namesIn(bytes: string): string[] {
    return [...new Set(bytes.match(EVERY_UNKNOWN))].map((symbol) => this.#nameOf(symbol).name);
  }

  /** @returns the bytes with each unknown text replaced. */
  replace(bytes: string, by: (name: string) => string): string {
    return bytes.replace(EVERY_UNKNOWN, (symbol) => by(this.#nameOf(symbol).name));
  }

  /** @returns whether bytes are certain to hold something. */
  holdsSomething(bytes: string): boolean {
    return [...bytes].some((byte) => !UNKNOWN.test(byte) || !this.#nameOf(byte).empty);
  }

  /**
   * @returns the bytes, all of them known
   * @throws Undetermined
   */
  known(bytes: string): string {
    if (UNKNOWN.test(bytes)) throw new Undetermined(this.namesIn(bytes).join(', '));
    return bytes;
  }

  #nameOf(symbol: string): { readonly name: string; readonly empty: boolean } {
    return this.#names[symbol.charCodeAt(0) - FIRST_UNKNOWN] ?? { name: 'unknown data', empty: true };
  }
}

/** @throws Undetermined where the bytes are more than any identity needs */
export function bounded(bytes: string): string {
  if (bytes.length > MAX_BYTES) throw new Undetermined('a text of more than 64 KiB');
  return bytes;
}
