/** What a reader looks for first, in every mapping; all other keys follow in code-unit order. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'] as const;

/**
 * The order of keys in everything that synth writes: independent of the order in which constructs set them, with
 * what identifies a thing (an object, a container, a port) at its head.
 */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length < 2) return keys;
  keys.sort();
  let head = 0;
  for (const key of FIRST) {
    if (!Object.hasOwn(value, key)) continue;
    for (let at = keys.indexOf(key, head); at > head; at--) keys[at] = keys[at - 1] ?? key;
    keys[head++] = key;
  }
  return keys;
}
