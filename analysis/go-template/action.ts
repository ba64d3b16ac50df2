import { afterRight, isSpace, rightDelimiter } from './delimiter.ts';
import { TemplateError } from './error.ts';
import type { Token, TokenType } from './token.ts';

const WORDS = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
]);

const LETTER = /^[_\p{L}\p{Nd}]$/u;

/** Hexadecimal, octal, binary, or decimal, as far as Go's lexer looks. */
const NUMBER = new RegExp(
  [
    '[-+]?(?:',
    '0[xX][0-9a-fA-F_]*(?:\\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|',
    '0[oO][0-7_]*(?:\\.[0-7_]*)?|',
    '0[bB][01_]*(?:\\.[01_]*)?|',
    '[0-9_]*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?',
    ')i?',
  ].join(''),
  'y',
);

/** The tokens inside of `{{ }}`. */
export class Action {
  readonly #source: string;
  readonly #tokens: Token[];
  #start: number;
  #at: number;
  #depth = 0;

  constructor(source: string, at: number, tokens: Token[]) {
    this.#source = source;
    this.#start = at;
    this.#at = at;
    this.#tokens = tokens;
  }

  /** @returns where the text after the action begins. */
  read(): number {
    for (;;) {
      this.#start = this.#at;
      if (rightDelimiter(this.#source, this.#at) > 0) {
        if (this.#depth > 0) fail('unclosed left paren');
        return this.#close();
      }
      const char = this.#next();
      if (char === '') fail('unclosed action');
      if (!isSpace(char)) this.#emit(this.#token(char));
      else if (this.#space()) return this.#close();
      else this.#emit('space');
    }
  }

  #close(): number {
    this.#tokens.push({ type: 'right', text: '}}' });
    return afterRight(this.#source, this.#at);
  }

  /** @returns whether the single space belongs to the delimiter that follows. */
  #space(): boolean {
    while (isSpace(this.#peek())) this.#at += 1;
    if (rightDelimiter(this.#source, this.#at - 1) === 4) {
      this.#at -= 1;
      return this.#at === this.#start;
    }
    return false;
  }

  #token(char: string): TokenType {
    switch (char) {
      case '=':
        return 'assign';
      case ':':
        if (this.#next() !== '=') fail('expected :=');
        return 'declare';
      case '|':
        return 'pipe';
      case '"':
        this.#quoted('"', 'unterminated quoted string');
        return 'string';
      case "'":
        this.#quoted("'", 'unterminated character constant');
        return 'char-constant';
      case '`': {
        const close = this.#source.indexOf('`', this.#at);
        if (close < 0) fail('unterminated raw quoted string');
        this.#at = close + 1;
        return 'raw-string';
      }
      case '$':
        return this.#name('variable', 'variable');
      case '(':
        this.#depth += 1;
        return 'open';
      case ')':
        this.#depth -= 1;
        if (this.#depth < 0) fail('unexpected right paren');
        return 'close';
    }
    if (char === '.' && this.#peek() !== '' && !/[0-9]/.test(this.#peek())) return this.#name('field', 'dot');
    if (/[-+.0-9]/.test(char)) {
      this.#at = this.#start;
      return this.#number();
    }
    if (LETTER.test(char)) return this.#word();
    if (/[!-~]/.test(char)) return 'char';
    fail(`unrecognized character in action: ${JSON.stringify(char)}`);
  }

  #name(type: TokenType, bare: TokenType): TokenType {
    if (this.#atTerminator()) return bare;
    this.#letters();
    return type;
  }

  #word(): TokenType {
    this.#letters();
    const word = this.#source.slice(this.#start, this.#at);
    if (WORDS.has(word)) return 'word';
    if (word === 'nil') return 'nil';
    return word === 'true' || word === 'false' ? 'bool' : 'identifier';
  }

  #letters(): void {
    while (LETTER.test(this.#peek())) this.#next();
    if (!this.#atTerminator()) fail(`bad character ${JSON.stringify(this.#peek())}`);
  }

  #quoted(quote: string, message: string): void {
    for (;;) {
      const char = this.#next();
      if (char === quote) return;
      const escaped = char === '\\' ? this.#next() : char;
      if (escaped === '' || escaped === '\n') fail(message);
    }
  }

  #number(): TokenType {
    const whole = this.#scanNumber();
    const sign = whole ? this.#peek() : '';
    if (whole && sign !== '+' && sign !== '-') return 'number';
    if (!whole || !this.#scanNumber() || this.#source[this.#at - 1] !== 'i')
      fail(`bad number syntax: ${JSON.stringify(this.#source.slice(this.#start, this.#at))}`);
    return 'complex';
  }

  /** As lenient as Go's lexer: whether it is a number is found out by the parser. */
  #scanNumber(): boolean {
    NUMBER.lastIndex = this.#at;
    this.#at += NUMBER.exec(this.#source)?.[0].length ?? 0;
    if (!LETTER.test(this.#peek())) return true;
    this.#next();
    return false;
  }

  #atTerminator(): boolean {
    const char = this.#peek();
    return char === '' || isSpace(char) || '.,|:)('.includes(char) || this.#source.startsWith('}}', this.#at);
  }

  #peek(): string {
    const point = this.#source.codePointAt(this.#at);
    return point === undefined ? '' : String.fromCodePoint(point);
  }

  #next(): string {
    const char = this.#peek();
    this.#at += char.length;
    return char;
  }

  #emit(type: TokenType): void {
    this.#tokens.push({ type, text: this.#source.slice(this.#start, this.#at) });
  }
}

function fail(message: string): never {
  throw new TemplateError('parse', message);
}
