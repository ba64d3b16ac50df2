/** A variable and its value. */
export interface Variable<Value> {
  readonly name: string;
  value: Value;
}

/** Variables in the order of their declaration; of several with one name the last counts. */
export class Scope<Value> {
  readonly #declared: Variable<Value>[] = [];
  /** By name, so that a template with many variables is found through as quickly as one with few. */
  readonly #named = new Map<string, Variable<Value>[]>();

  get size(): number {
    return this.#declared.length;
  }

  declare(name: string, value: Value): void {
    const variable = { name, value };
    this.#declared.push(variable);
    const same = this.#named.get(name);
    if (same === undefined) this.#named.set(name, [variable]);
    else same.push(variable);
  }

  find(name: string): Variable<Value> | undefined {
    return this.#named.get(name)?.at(-1);
  }

  /** @param place from the end: 1 for the variable declared last. */
  last(place: number): Variable<Value> | undefined {
    return this.#declared.at(-place);
  }

  /** Forgets all variables declared after there were `size`. */
  cut(size: number): void {
    while (this.#declared.length > size) this.#named.get(this.#declared.pop()?.name ?? '')?.pop();
  }
}
