import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { both, type Certainty, either, not } from '../../../analysis/identity/certainty.ts';

/** What a certainty becomes when each thing that is open turns out one way or the other. */
function settled(certainty: Certainty, facts: ReadonlySet<string>): boolean {
  return typeof certainty === 'boolean' ? certainty : certainty.every((on) => facts.has(on));
}

const certainty: fc.Arbitrary<Certainty> = fc.oneof(
  fc.boolean(),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
);

describe('what is certain', () => {
  test('stays so, whatever is open', () => {
    fc.assert(
      fc.property(certainty, certainty, fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), (a, b, facts) => {
        const known = new Set(facts);
        const and = both(a, b);
        const or = either(a, b);
        expect(settled(and, known)).toBe(settled(a, known) && settled(b, known));
        if (typeof or === 'boolean') expect(or).toBe(a === true || b === true);
        expect(typeof or === 'boolean').toBe(a === true || b === true || (a === false && b === false));
      }),
    );
  });

  test('does not depend on the order', () => {
    const sorted = (value: Certainty): unknown => (typeof value === 'boolean' ? value : [...value].sort());
    fc.assert(
      fc.property(certainty, certainty, (a, b) => {
        expect(sorted(both(a, b))).toEqual(sorted(both(b, a)));
        expect(sorted(either(a, b))).toEqual(sorted(either(b, a)));
      }),
    );
  });

  test('turns round, and back', () => {
    fc.assert(
      fc.property(certainty, (a) => {
        expect(not(not(a))).toEqual(a);
      }),
    );
  });
});
