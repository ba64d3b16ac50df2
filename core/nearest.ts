import { distance } from 'fastest-levenshtein';

/**
 * @returns the allowed name that was probably meant: the nearest one, whatever the case, where no more than a
 *   third of the letters differ
 */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const bound = Math.max(1, Math.floor(given.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of allowed) {
    // more letters too many than may differ: no need to compare, and no way to be made to for long
    if (Math.abs(name.length - given.length) > bound) continue;
    const far = distance(given.toLowerCase(), name.toLowerCase());
    if (far <= bound && (best === undefined || far < best.distance)) best = { name, distance: far };
  }
  return best?.name;
}
