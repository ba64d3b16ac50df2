import { distance } from 'fastest-levenshtein';

/**
 * @returns the allowed name that was probably meant: the nearest one, whatever the case, where no more than a
 *   third of the letters differ, or two where it has four or five (a swap of neighbours is two)
 */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const bound = given.length < 4 ? 1 : Math.max(2, Math.floor(given.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of allowed) {
    // more letters too many than may differ: no need to compare, and no way to be made to for long
    if (Math.abs(name.length - given.length) > bound) continue;
    const far = distance(given.toLowerCase(), name.toLowerCase());
    if (far <= bound && (best === undefined || far < best.distance)) best = { name, distance: far };
  }
  return best?.name;
}
