import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../core/manifest.ts';
import { check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { inventoryOf } from '../../testing/manifests.ts';
import { synthesized } from './synthesized.ts';

const packs = await loadPacks(await readPacks());
const { manifests, knowledge } = await synthesized('full');
const objects = [...manifests.values()];

/** Each evaluates every rule; ten times as many found no more when the rules were written. */
const RUNS = 15;

describe('no rule breaks', () => {
  it('whatever stands in place of any value of a manifest', async () => {
    const faults = fc.array(
      fc.record({
        object: fc.nat(objects.length - 1),
        place: fc.nat(),
        value: fc.constantFrom<Json>(
          null,
          true,
          0,
          -1.5,
          '',
          'text',
          '~/',
          [],
          [null],
          ['a', 1],
          {},
          { a: [] },
        ),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(faults, async (faults) => {
        const broken = structuredClone(objects) as Editable[];
        for (const { object, place, value } of faults) {
          const target = broken[object];
          if (target !== undefined) replace(target, place, value);
        }
        const { errors } = await check(packs, inventoryOf(broken as JsonObject[]), knowledge);
        expect(errors).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);
});

type Editable = Record<string, Json> | Json[];

/** Replaces the value at a place, counted over all of them but the ones that make the object what it is. */
function replace(manifest: Editable, place: number, value: Json): void {
  const { metadata } = manifest as JsonObject;
  const places = placesOf(manifest).filter(
    ({ parent, key }) =>
      !(parent === manifest && ['apiVersion', 'kind', 'metadata'].includes(key)) &&
      !(parent === metadata && ['name', 'namespace'].includes(key)),
  );
  const { parent, key } = places[place % places.length] ?? { parent: manifest, key: 'spec' };
  (parent as Record<string | number, Json>)[key] = structuredClone(value);
}

function placesOf(parent: Editable): { readonly parent: Editable; readonly key: string }[] {
  return Object.entries(parent).flatMap(([key, value]) => [
    { parent, key },
    ...(typeof value === 'object' && value !== null ? placesOf(value as Editable) : []),
  ]);
}
