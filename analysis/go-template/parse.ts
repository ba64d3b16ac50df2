import { bytesOf } from './bytes.ts';
import { FUNCTION_NAMES } from './function-names.ts';
import type { Control, Operand, Pipe, Statement, Template } from './node.ts';
import { numberNode } from './number.ts';
import { unquote } from './quote.ts';
import { Scope } from './scope.ts';
import { type TokenType, tokensOf } from './token.ts';
import { failParsing, Tokens, unexpected } from './tokens.ts';

/**
 * Parses a template as Go's text/template does, with the functions that it has by itself.
 *
 * @throws TemplateError of phase `parse`
 */
export function parseTemplate(source: string): Template {
  const named = new Map<string, readonly Statement[]>();
  const tokens = new Tokens(tokensOf(source));
  const root: Statement[] = [];
  const parser = new Parser(tokens, named);
  while (tokens.peek().type !== 'end') {
    const definition = tokens.definition();
    if (definition) new Parser(tokens, named).define();
    else {
      const statement = parser.statement();
      if (isEnd(statement)) failParsing(`unexpected {{${statement.node}}}`);
      root.push(statement);
    }
  }
  return { root, named };
}

/** The end of a list of statements. */
type End = { readonly node: 'end' } | { readonly node: 'else'; readonly chained: 'if' | 'with' | undefined };

function isEnd(statement: Statement | End): statement is End {
  return statement.node === 'end' || statement.node === 'else';
}

/** One template: its variables, and the depth of its loops. */
class Parser {
  readonly #tokens: Tokens;
  readonly #named: Map<string, readonly Statement[]>;
  readonly #variables = new Scope<undefined>();
  #loops = 0;

  constructor(tokens: Tokens, named: Map<string, readonly Statement[]>) {
    this.#tokens = tokens;
    this.#named = named;
    this.#variables.declare('$', undefined);
  }

  /** The rest of `{{define`. */
  define(): void {
    const name = this.#templateName('define clause');
    this.#tokens.expect(['right'], 'define clause');
    this.#body(name, 'define clause');
  }

  statement(): Statement | End {
    const token = this.#tokens.nextNonSpace();
    if (token.type === 'text') return { node: 'text', bytes: bytesOf(token.text) };
    if (token.type !== 'left') return unexpected(token, 'input');
    const word = this.#tokens.peekNonSpace();
    if (word.type !== 'word') return { node: 'action', pipe: this.#pipe('command', 'right') };
    this.#tokens.next();
    switch (word.text) {
      case 'block':
        return this.#block();
      case 'break':
      case 'continue':
        this.#tokens.expect(['right'], `{{${word.text}}}`);
        if (this.#loops === 0) failParsing(`{{${word.text}}} outside {{range}}`);
        return { node: word.text };
      case 'else':
        return this.#else();
      case 'end':
        this.#tokens.expect(['right'], 'end');
        return { node: 'end' };
      case 'if':
      case 'range':
      case 'with':
        return this.#control(word.text);
      case 'template':
        return this.#template();
    }
    return unexpected(word, 'command');
  }

  #list(): { statements: Statement[]; end: End } {
    const statements: Statement[] = [];
    while (this.#tokens.peekNonSpace().type !== 'end') {
      const statement = this.statement();
      if (isEnd(statement)) return { statements, end: statement };
      statements.push(statement);
    }
    return failParsing('unexpected EOF');
  }

  /** The statements of a template with a name, to its `{{end}}`. */
  #body(name: string, context: string): void {
    const { statements, end } = this.#list();
    if (end.node !== 'end') failParsing(`unexpected {{else}} in ${context}`);
    const known = this.#named.get(name);
    if (known === undefined || isEmpty(known)) this.#named.set(name, statements);
    else if (!isEmpty(statements))
      failParsing(`template: multiple definition of template ${JSON.stringify(name)}`);
  }

  #else(): End {
    const { type, text } = this.#tokens.peekNonSpace();
    if (type === 'word' && (text === 'if' || text === 'with')) return { node: 'else', chained: text };
    this.#tokens.expect(['right'], 'else');
    return { node: 'else', chained: undefined };
  }

  #control(node: Control['node']): Statement {
    const { size } = this.#variables;
    const pipe = this.#pipe(node, 'right');
    if (node === 'range') this.#loops += 1;
    const { statements: list, end } = this.#list();
    if (node === 'range') this.#loops -= 1;
    const otherwise = end.node === 'end' ? undefined : this.#otherwise(node, end.chained);
    this.#variables.cut(size);
    return { node, pipe, list, otherwise };
  }

  #otherwise(node: Control['node'], chained: 'if' | 'with' | undefined): Statement[] {
    if (chained === node) {
      this.#tokens.next();
      return [this.#control(chained)];
    }
    const { statements, end } = this.#list();
    if (end.node !== 'end') failParsing('expected end; found {{else}}');
    return statements;
  }

  #block(): Statement {
    const name = this.#templateName('block clause');
    const pipe = this.#pipe('block clause', 'right');
    new Parser(this.#tokens, this.#named).#body(name, 'block clause');
    return { node: 'template', name, pipe };
  }

  #template(): Statement {
    const name = this.#templateName('template clause');
    if (this.#tokens.peekNonSpace().type === 'right') {
      this.#tokens.next();
      return { node: 'template', name, pipe: undefined };
    }
    return { node: 'template', name, pipe: this.#pipe('template clause', 'right') };
  }

  #templateName(context: string): string {
    return unquote(this.#tokens.expect(['string', 'raw-string'], context).text);
  }

  #pipe(context: string, end: TokenType): Pipe {
    const { variables, assigns } = this.#declarations(context);
    const commands: [Operand, ...Operand[]][] = [];
    while (this.#tokens.peekNonSpace().type !== end) {
      const token = this.#tokens.peek();
      if (!STARTS.has(token.type)) unexpected(token, context);
      commands.push(this.#command());
    }
    this.#tokens.next();
    if (commands.length === 0) failParsing(`missing value for ${context}`);
    const stage = commands.findIndex(([first], index) => index > 0 && CONSTANT.has(first.node));
    if (stage > 0) failParsing(`non executable command in pipeline stage ${stage + 1}`);
    return { node: 'pipe', variables, assigns, commands };
  }

  #declarations(context: string): { variables: string[]; assigns: boolean } {
    const variables: string[] = [];
    while (this.#tokens.peekNonSpace().type === 'variable') {
      const mark = this.#tokens.mark();
      const { text: name } = this.#tokens.next();
      const { type, text } = this.#tokens.peekNonSpace();
      if (type === 'assign' || type === 'declare') {
        this.#tokens.next();
        variables.push(name);
        this.#variables.declare(name, undefined);
        return { variables, assigns: type === 'assign' };
      }
      if (type !== 'char' || text !== ',') {
        this.#tokens.backTo(mark);
        break;
      }
      this.#tokens.next();
      variables.push(name);
      this.#variables.declare(name, undefined);
      if (context !== 'range' || variables.length > 1) failParsing(`too many declarations in ${context}`);
      if (!['variable', 'right', 'close'].includes(this.#tokens.peekNonSpace().type))
        failParsing('range can only initialize variables');
    }
    return { variables, assigns: false };
  }

  #command(): [Operand, ...Operand[]] {
    const operands: Operand[] = [];
    for (;;) {
      this.#tokens.skipSpace();
      const operand = this.#operand();
      if (operand !== undefined) operands.push(operand);
      const token = this.#tokens.peek();
      if (token.type === 'space') continue;
      if (token.type === 'pipe') this.#tokens.next();
      else if (token.type !== 'right' && token.type !== 'close') unexpected(token, 'operand');
      break;
    }
    const [first, ...rest] = operands;
    return first === undefined ? failParsing('empty command') : [first, ...rest];
  }

  #operand(): Operand | undefined {
    const term = this.#term();
    if (term === undefined || this.#tokens.peek().type !== 'field') return term;
    const names: string[] = [];
    while (this.#tokens.peek().type === 'field') names.push(this.#tokens.next().text.slice(1));
    switch (term.node) {
      case 'field':
      case 'variable':
        return { node: term.node, names: [...term.names, ...names] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return failParsing(`unexpected . after term of ${term.node}`);
      default:
        return { node: 'chain', of: term, names };
    }
  }

  #term(): Operand | undefined {
    const token = this.#tokens.peekNonSpace();
    if (!STARTS.has(token.type)) return undefined;
    this.#tokens.next();
    const { text } = token;
    switch (token.type) {
      case 'identifier':
        if (!FUNCTION_NAMES.has(text)) failParsing(`function ${JSON.stringify(text)} not defined`);
        return { node: 'identifier', name: text };
      case 'dot':
      case 'nil':
        return { node: token.type };
      case 'variable':
        if (this.#variables.find(text) === undefined)
          failParsing(`undefined variable ${JSON.stringify(text)}`);
        return { node: 'variable', names: [text] };
      case 'field':
        return { node: 'field', names: [text.slice(1)] };
      case 'bool':
        return { node: 'bool', value: text === 'true' };
      case 'char-constant':
      case 'complex':
      case 'number':
        return numberNode(text, token.type);
      case 'open':
        return this.#pipe('parenthesized pipeline', 'close');
      default:
        return { node: 'string', bytes: unquote(text) };
    }
  }
}

/** Tokens with which an operand begins. */
const STARTS: ReadonlySet<TokenType> = new Set([
  'bool',
  'char-constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'open',
]);

const CONSTANT: ReadonlySet<Operand['node']> = new Set(['bool', 'dot', 'nil', 'number', 'string']);

/** A template of nothing but space may be defined again. */
function isEmpty(statements: readonly Statement[]): boolean {
  return statements.every(
    (statement) => statement.node === 'text' && /^[\t-\r \x85\xa0]*$/.test(statement.bytes),
  );
}
