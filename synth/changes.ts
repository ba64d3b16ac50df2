import type { Output } from './output.ts';

/** How a new output differs from the old, by file, in code-unit order. */
export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** Whether the index differs. */
  readonly index: boolean;
  /** Whether nothing differs at all. */
  readonly none: boolean;
}

/** Compares two outputs byte by byte. */
export function changesBetween(old: Output, fresh: Output): Changes {
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const file of [...fresh.manifests.keys()].sort()) {
    const before = old.manifests.get(file);
    const list = before === undefined ? added : before === fresh.manifests.get(file) ? unchanged : changed;
    list.push(file);
  }
  const removed = [...old.manifests.keys()].filter((file) => !fresh.manifests.has(file)).sort();
  const index = old.index !== fresh.index;
  return {
    added,
    changed,
    removed,
    unchanged,
    index,
    none: !index && added.length + changed.length + removed.length === 0,
  };
}
