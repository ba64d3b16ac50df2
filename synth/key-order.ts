/** What a reader looks for first, in every mapping; all other keys follow in code-unit order. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'] as const;

/**
 * The order of keys in everything that synth writes: independent of the order in which constructs set them, with
 * what identifies a thing (an object, a container, a port) at its head.
 */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value).sort();
  let head = 0;
  for (const key of FIRST) {
    const at = keys.indexOf(key, head);
    if (at < 0) continue;
    if (at > head) {
      keys.splice(at, 1);
      keys.splice(head, 0, key);
    }
    head++;
  }
  return keys;
}
