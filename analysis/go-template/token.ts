import { Action } from './action.ts';
import { afterRight, isSpace, rightDelimiter } from './delimiter.ts';
import { TemplateError } from './error.ts';

/** What the parser tells apart; `word` stands for a keyword, with the keyword as its text. */
export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'string'
  | 'raw-string'
  | 'variable'
  | 'char-constant'
  | 'complex'
  | 'number'
  | 'dot'
  | 'field'
  | 'identifier'
  | 'bool'
  | 'nil'
  | 'word'
  | 'open'
  | 'close'
  | 'char'
  | 'error'
  | 'end';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
}

/** Splits a template into tokens; the last is `end`, or an `error` where Go's lexer gives up. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const left = source.indexOf('{{', at);
    if (left < 0) {
      tokens.push({ type: 'text', text: source.slice(at) });
      break;
    }
    const trims = trimsLeft(source, left + 2);
    const before = source.slice(at, left);
    const text = trims ? trimmedRight(before) : before;
    if (text !== '') tokens.push({ type: 'text', text });
    const inside = left + 2 + (trims ? 2 : 0);
    try {
      if (source.startsWith('/*', inside)) at = afterComment(source, inside);
      else {
        tokens.push({ type: 'left', text: '{{' });
        at = new Action(source, inside, tokens).read();
      }
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      tokens.push({ type: 'error', text: error.message });
      return tokens;
    }
  }
  tokens.push({ type: 'end', text: 'EOF' });
  return tokens;
}

function trimsLeft(source: string, at: number): boolean {
  return source[at] === '-' && isSpace(source[at + 1] ?? '');
}

function afterComment(source: string, start: number): number {
  const close = source.indexOf('*/', start + 2);
  if (close < 0) fail('unclosed comment');
  if (rightDelimiter(source, close + 2) === 0) fail('comment ends before closing delimiter');
  return afterRight(source, close + 2);
}

function trimmedRight(text: string): string {
  let end = text.length;
  while (isSpace(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

function fail(message: string): never {
  throw new TemplateError('parse', message);
}
