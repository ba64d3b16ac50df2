/** What a reader looks for first, in every mapping; all other keys follow in code-unit order. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'] as const;

/**
 * The order of keys in everything that synth writes: independent of the order in which constructs set them, with
 * what identifies a thing (an object, a container, a port) at its head.
 */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length < 2) return keys;
  if (keys.length > FEW) keys.sort();
  else sortFew(keys);
  let head = 0;
  for (const key of FIRST) {
    if (!Object.hasOwn(value, key)) continue;
    for (let at = keys.indexOf(key, head); at > head; at--) keys[at] = keys[at - 1] ?? key;
    keys[head++] = key;
  }
  return keys;
}

/** Mappings of manifests have a handful of keys, where insertion is several times as fast as the engine's sort. */
const FEW = 12;

function sortFew(keys: string[]): void {
  for (let end = 1; end < keys.length; end++) {
    const key = keys[end] ?? '';
    let at = end;
    for (let before = keys[at - 1]; before !== undefined && before > key; before = keys[at - 1])
      keys[at--] = before;
    keys[at] = key;
  }
}
