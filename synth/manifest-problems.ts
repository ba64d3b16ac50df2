import type { Problem } from '../core/problem.ts';
import { kindFaults } from './kind-faults.ts';
import { nameFaults } from './name-faults.ts';
import { placeholderFaults } from './placeholder-faults.ts';
import { placeOf, type RenderedObject } from './rendered-object.ts';

/** @returns all that an API server would refuse in this manifest, and what it would accept although nobody meant it. */
export function manifestProblems(object: RenderedObject, literals: readonly string[]): Problem[] {
  const { manifest } = object;
  const faults = [...nameFaults(manifest), ...placeholderFaults(manifest, literals), ...kindFaults(manifest)];
  if (faults.length === 0) return [];
  const place = placeOf(object);
  return faults.map(({ path, what, remedy }) => {
    const where = path === '' ? place : `${place}: ${path}`;
    return remedy === undefined ? { where, what } : { where, what, remedy };
  });
}
