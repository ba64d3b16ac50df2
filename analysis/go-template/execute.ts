import { bounded, type Unknowns } from './bytes.ts';
import { failExecution, Undetermined } from './error.ts';
import { fieldOf } from './field.ts';
import { printedAlone } from './format.ts';
import { callFunction } from './functions.ts';
import type { Control, NumberNode, Operand, Pipe, Statement, Template } from './node.ts';
import { Scope, type Variable } from './scope.ts';
import { isTrue } from './truth.ts';
import { FLOAT, INT } from './type.ts';
import {
  boolValue,
  entriesOf,
  type GoValue,
  indirect,
  intValue,
  known,
  type Maybe,
  stringValue,
} from './value.ts';

/** Steps after which a template is given up: one that takes more was made to. */
const MAX_STEPS = 100_000;

const BYTES_A_STEP = 64;

/** Templates within templates; Go allows 100,000. */
const MAX_DEPTH = 200;

/**
 * Executes a template over data, as Go's text/template does with its default options.
 *
 * @param unknowns the texts in the data that are unknown
 * @returns bytes (see bytes.ts), in which unknown texts stand as their symbols
 * @throws TemplateError of phase `execute`
 * @throws Undetermined where the result depends on unknown data other than by printing it
 */
export function executeTemplate(template: Template, data: GoValue, unknowns: Unknowns): string {
  const run: Run = { named: template.named, unknowns, output: '', steps: 0 };
  new Execution(run, data, []).list(data, template.root);
  return run.output;
}

/** What the templates of one run share. */
interface Run {
  readonly named: Template['named'];
  readonly unknowns: Unknowns;
  output: string;
  steps: number;
}

/** A template in which another one was invoked. */
interface Frame {
  readonly name: string;
  readonly dot: Maybe;
}

/** Where a loop goes on after a statement; undefined for the next statement. */
type Jump = 'break' | 'continue' | undefined;

/** The execution of one template. */
class Execution {
  readonly #run: Run;
  readonly #frames: readonly Frame[];
  readonly #variables = new Scope<Maybe>();

  constructor(run: Run, data: Maybe, frames: readonly Frame[]) {
    this.#run = run;
    this.#frames = frames;
    this.#variables.declare('$', data);
  }

  list(dot: Maybe, statements: readonly Statement[]): Jump {
    for (const statement of statements) {
      const jump = this.#statement(dot, statement);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  #statement(dot: Maybe, statement: Statement): Jump {
    this.#step();
    switch (statement.node) {
      case 'text':
        this.#write(statement.bytes);
        return undefined;
      case 'action': {
        const value = this.#pipe(dot, statement.pipe);
        if (statement.pipe.variables.length === 0) this.#write(printedAlone(value));
        return undefined;
      }
      case 'template':
        return this.#invoke(dot, statement.name, statement.pipe);
      case 'range':
        return this.#scoped(() => this.#range(dot, statement));
      case 'if':
      case 'with':
        return this.#scoped(() => {
          const value = this.#pipe(dot, statement.pipe);
          if (isTrue(value, this.#run.unknowns))
            return this.list(statement.node === 'with' ? value : dot, statement.list);
          return this.list(dot, statement.otherwise ?? []);
        });
      default:
        return statement.node;
    }
  }

  /** Variables declared inside do not outlast it. */
  #scoped(run: () => Jump): Jump {
    const { size } = this.#variables;
    const jump = run();
    this.#variables.cut(size);
    return jump;
  }

  #range(dot: Maybe, { pipe, list, otherwise }: Control): Jump {
    const items = this.#items(indirect(this.#pipe(dot, pipe)), pipe.variables.length);
    const { size } = this.#variables;
    let ran = false;
    for (const [index, item] of items) {
      ran = true;
      this.#step();
      this.#setLoopVariables(pipe, index, item);
      const jump = this.list(item, list);
      this.#variables.cut(size);
      if (jump === 'break') break;
    }
    return ran ? undefined : this.list(dot, otherwise ?? []);
  }

  #setLoopVariables({ variables, assigns }: Pipe, index: Maybe, item: Maybe): void {
    const values = variables.length > 1 ? [index, item] : [item];
    for (const [place, name] of variables.entries()) {
      if (assigns) this.#assign(name, values[place]);
      else {
        const variable = this.#variables.last(variables.length - place);
        if (variable !== undefined) variable.value = values[place];
      }
    }
  }

  *#items(value: Maybe, variables: number): Generator<[Maybe, Maybe]> {
    if (value === undefined) return;
    switch (value.kind) {
      case 'int':
      case 'uint': {
        const end = known(value.data);
        if (variables > 1) failExecution(`can't use ${end} to iterate over more than one variable`);
        for (let at = 0n; at < end; at += 1n) yield [undefined, intValue(at, value.type)];
        return;
      }
      case 'slice':
        for (const [index, item] of (known(value.data) ?? []).entries()) yield [intValue(index), item];
        return;
      case 'map': {
        const map = known(value.data);
        if (map === null) return;
        const key = value.type.key?.();
        for (const [name, item] of entriesOf(map)) yield [stringValue(name, key), item];
        return;
      }
      default:
        failExecution(`range can't iterate over a value of type ${value.type.name}`);
    }
  }

  #invoke(dot: Maybe, name: string, pipe: Pipe | undefined): Jump {
    const statements = this.#run.named.get(name);
    if (statements === undefined) return failExecution(`template ${JSON.stringify(name)} not defined`);
    const data = pipe === undefined ? undefined : this.#pipe(dot, pipe);
    // a template sees nothing but its data, so the same one inside itself with the same data never ends
    if (this.#frames.some((frame) => frame.name === name && frame.dot === data))
      failExecution('exceeded maximum template depth (100000)');
    if (this.#frames.length >= MAX_DEPTH)
      throw new Undetermined(`more than ${MAX_DEPTH} templates in templates`);
    return new Execution(this.#run, data, [...this.#frames, { name, dot: data }]).list(data, statements);
  }

  #pipe(dot: Maybe, pipe: Pipe): Maybe {
    let value: { readonly value: Maybe } | undefined;
    for (const command of pipe.commands) {
      value = { value: this.#command(dot, command, value) };
      // a long text is worth many steps
      if (value.value?.kind === 'string') this.#step(Math.ceil(value.value.data.length / BYTES_A_STEP));
    }
    for (const name of pipe.variables) {
      if (pipe.assigns) this.#assign(name, value?.value);
      else this.#variables.declare(name, value?.value);
    }
    return value?.value;
  }

  /** @param piped the value of the command before, undefined where there is none. */
  #command(
    dot: Maybe,
    [first, ...rest]: Pipe['commands'][number],
    piped: { readonly value: Maybe } | undefined,
  ): Maybe {
    this.#step();
    const hasArguments = rest.length > 0 || piped !== undefined;
    switch (first.node) {
      case 'field':
        return this.#fields(dot, first.names, hasArguments);
      case 'chain':
        return this.#chain(dot, first, hasArguments);
      case 'variable':
        if (first.names.length === 1) break;
        return this.#fields(this.#variable(first.names[0] ?? ''), first.names.slice(1), hasArguments);
      case 'identifier':
        return callFunction(
          first.name,
          rest.map((operand) => () => this.#argument(dot, operand)),
          piped,
          this.#run.unknowns,
        );
      case 'nil':
        failExecution('nil is not a command');
    }
    if (hasArguments) failExecution(`can't give argument to non-function ${first.node}`);
    return this.#argument(dot, first);
  }

  #argument(dot: Maybe, operand: Operand): Maybe {
    this.#step();
    switch (operand.node) {
      case 'nil':
        return undefined;
      case 'dot':
        return dot;
      case 'pipe':
        return this.#pipe(dot, operand);
      case 'field':
        return this.#fields(dot, operand.names, false);
      case 'variable': {
        const [name = '', ...names] = operand.names;
        return this.#fields(this.#variable(name), names, false);
      }
      case 'chain':
        return this.#chain(dot, operand, false);
      case 'identifier':
        return callFunction(operand.name, [], undefined, this.#run.unknowns);
      case 'bool':
        return boolValue(operand.value);
      case 'string':
        return stringValue(operand.bytes);
      case 'number':
        return constant(operand);
    }
  }

  #chain(dot: Maybe, { of, names }: Operand & { node: 'chain' }, hasArguments: boolean): Maybe {
    return this.#fields(this.#argument(dot, of), names, hasArguments);
  }

  #fields(receiver: Maybe, names: readonly string[], hasArguments: boolean): Maybe {
    return names.reduce(
      (at, name, index) => fieldOf(at, name, hasArguments && index === names.length - 1),
      receiver,
    );
  }

  #variable(name: string): Maybe {
    return this.#slot(name).value;
  }

  #assign(name: string, value: Maybe): void {
    this.#slot(name).value = value;
  }

  #slot(name: string): Variable<Maybe> {
    return this.#variables.find(name) ?? failExecution(`undefined variable: ${name}`);
  }

  #write(bytes: string): void {
    this.#run.output = bounded(this.#run.output + bytes);
  }

  #step(count = 1): void {
    this.#run.steps += count;
    if (this.#run.steps > MAX_STEPS) throw new Undetermined(`more than ${MAX_STEPS} steps`);
  }
}

/** A number where nothing says which type it shall have. */
function constant({ text, value }: NumberNode): GoValue {
  if (value === 'overflow') failExecution(`${text} overflows int`);
  if (value === 'complex') throw new Undetermined(`the complex number ${text}`);
  return typeof value === 'bigint' ? intValue(value, INT) : { kind: 'float', type: FLOAT, data: value };
}
