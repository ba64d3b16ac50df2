import { TemplateError } from './error.ts';
import type { Token, TokenType } from './token.ts';

/** Tokens with look-ahead. */
export class Tokens {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', text: 'EOF' };
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  nextNonSpace(): Token {
    this.skipSpace();
    return this.next();
  }

  peekNonSpace(): Token {
    this.skipSpace();
    return this.peek();
  }

  skipSpace(): void {
    while (this.peek().type === 'space') this.#at += 1;
  }

  /** Goes on if the next token is a keyword. */
  word(text: string): boolean {
    const { type, text: found } = this.peekNonSpace();
    if (type !== 'word' || found !== text) return false;
    this.#at += 1;
    return true;
  }

  /** Goes on if `{{define` is next. */
  definition(): boolean {
    const start = this.#at;
    if (this.next().type === 'left' && this.word('define')) return true;
    this.#at = start;
    return false;
  }

  mark(): number {
    return this.#at;
  }

  backTo(mark: number): void {
    this.#at = mark;
  }

  expect(types: readonly TokenType[], context: string): Token {
    const token = this.nextNonSpace();
    return types.includes(token.type) ? token : unexpected(token, context);
  }
}

/** @throws TemplateError */
export function unexpected({ type, text }: Token, context: string): never {
  failParsing(type === 'error' ? text : `unexpected ${JSON.stringify(text)} in ${context}`);
}

/** @throws TemplateError */
export function failParsing(message: string): never {
  throw new TemplateError('parse', message);
}
