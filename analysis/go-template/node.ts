/** Something between the actions of a template, or an action. */
export type Statement =
  | { readonly node: 'text'; readonly bytes: string }
  | { readonly node: 'action'; readonly pipe: Pipe }
  | Control
  | { readonly node: 'template'; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly node: 'break' }
  | { readonly node: 'continue' };

export interface Control {
  readonly node: 'if' | 'range' | 'with';
  readonly pipe: Pipe;
  readonly list: readonly Statement[];
  readonly otherwise: readonly Statement[] | undefined;
}

/** Commands whose values go on into the next one, and the variables that take the last. */
export interface Pipe {
  readonly node: 'pipe';
  readonly variables: readonly string[];
  /** Whether the variables exist already. */
  readonly assigns: boolean;
  readonly commands: readonly (readonly [Operand, ...Operand[]])[];
}

export interface NumberNode {
  readonly node: 'number';
  readonly text: string;
  /** `overflow` for an integer that only an unsigned one can hold. */
  readonly value: bigint | number | 'complex' | 'overflow';
}

export type Operand =
  | Pipe
  | NumberNode
  | { readonly node: 'field'; readonly names: readonly string[] }
  /** The first name is the variable's, with its `$`. */
  | { readonly node: 'variable'; readonly names: readonly string[] }
  | { readonly node: 'chain'; readonly of: Operand; readonly names: readonly string[] }
  | { readonly node: 'identifier'; readonly name: string }
  | { readonly node: 'bool'; readonly value: boolean }
  | { readonly node: 'string'; readonly bytes: string }
  | { readonly node: 'dot' }
  | { readonly node: 'nil' };

/** The templates of one source by name; `bytes` are those of their names. */
export interface Template {
  readonly root: readonly Statement[];
  readonly named: ReadonlyMap<string, readonly Statement[]>;
}
