/** A directed graph whose nodes are numbered from 0, each with the least level it can have. */
export class LevelGraph {
  readonly #floors: number[] = [];
  readonly #edges: { to: number; step: number }[][] = [];

  /** @returns the number of the new node. */
  addNode(floor: number): number {
    this.#edges.push([]);
    return this.#floors.push(floor) - 1;
  }

  /** The level of `from` is at least that of `to` plus `step`. */
  addEdge(from: number, to: number, step: number): void {
    this.#edges[from]?.push({ to, step });
  }

  /**
   * The least level of every node that satisfies all edges, in time linear in nodes and edges.
   *
   * @returns levels by node, and each cycle that was met as its nodes in order; levels along a cycle mean nothing
   */
  levels(): { readonly levels: readonly number[]; readonly cycles: readonly (readonly number[])[] } {
    const levels = [...this.#floors];
    const cycles: number[][] = [];
    const state = new Uint8Array(levels.length);
    for (let start = 0; start < levels.length; start++) {
      if (state[start] === NEW) this.#visit(start, levels, state, cycles);
    }
    return { levels, cycles };
  }

  /** Depth first with a stack of our own: a chain may be longer than the engine's stack. */
  #visit(start: number, levels: number[], state: Uint8Array, cycles: number[][]): void {
    const path: { node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = OPEN;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const edge = this.#edges[node]?.[top.next++];
      if (edge === undefined) {
        state[node] = DONE;
        path.pop();
        const parent = path.at(-1);
        const step = parent && this.#edges[parent.node]?.[parent.next - 1]?.step;
        if (parent !== undefined && step !== undefined) raise(levels, parent.node, node, step);
      } else if (state[edge.to] === NEW) {
        state[edge.to] = OPEN;
        path.push({ node: edge.to, next: 0 });
      } else if (state[edge.to] === DONE) {
        raise(levels, node, edge.to, edge.step);
      } else {
        const from = path.findIndex((step) => step.node === edge.to);
        cycles.push(path.slice(from).map((step) => step.node));
      }
    }
  }
}

const NEW = 0;
const OPEN = 1;
const DONE = 2;

function raise(levels: number[], node: number, on: number, step: number): void {
  levels[node] = Math.max(levels[node] ?? 0, (levels[on] ?? 0) + step);
}
