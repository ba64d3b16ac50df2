import { identityKey, identityText } from '../core/manifest.ts';
import type { Problem } from '../core/problem.ts';
import { placeOf, type RenderedObject, serverIdentity } from './rendered-object.ts';

/** @returns a problem for each object that has the identity of an earlier one; the later would overwrite the earlier. */
export function duplicateProblems(objects: readonly RenderedObject[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, RenderedObject>();
  for (const object of objects) {
    const identity = serverIdentity(object.manifest);
    const key = identityKey(identity);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, object);
      continue;
    }
    problems.push({
      where: placeOf(object),
      what: `${identityText(identity)} is also made by ${placeOf(earlier)}`,
      remedy: 'give one of them another name or namespace, or remove it',
    });
  }
  return problems;
}
