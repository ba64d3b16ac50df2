import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contains,
  covers,
  difference,
  type Intervals,
  intersection,
  intervals,
  sameIntervals,
  union,
} from '../../../analysis/sets/index.ts';

const POINTS = Array.from({ length: 24 }, (_, index) => index);

/** Any intervals over 24 points: unordered, overlapping, empty or reversed. */
const parts = fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 6 });
const set = parts.map((list) => intervals<number>(list));

/** The set as the points that it holds, which is what it means. */
function points(value: Intervals<number>): number[] {
  return POINTS.filter((point) => contains(value, point));
}

describe('sets of points as intervals', () => {
  test('hold exactly the points of their parts', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const wanted = POINTS.filter((point) => list.some(([start, end]) => start <= point && point < end));
        expect(points(intervals<number>(list))).toEqual(wanted);
      }),
    );
  });

  test('have one normal form: ascending, none empty, none touching the next', () => {
    fc.assert(
      fc.property(set, (value) => {
        const flat = value.flat();
        expect(flat).toEqual([...new Set(flat)].sort((left, right) => left - right));
        expect(sameIntervals(intervals(value), value)).toBe(true);
      }),
    );
  });

  test.each([
    ['union', union, (left: boolean, right: boolean) => left || right],
    ['intersection', intersection, (left: boolean, right: boolean) => left && right],
    ['difference', difference, (left: boolean, right: boolean) => left && !right],
  ] as const)('%s is that of their points, in normal form', (_name, operation, of) => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        const result = operation(left, right);
        expect(points(result)).toEqual(
          POINTS.filter((point) => of(contains(left, point), contains(right, point))),
        );
        expect(sameIntervals(intervals(result), result)).toBe(true);
      }),
    );
  });

  test('obey De Morgan: the complement of a union is the intersection of the complements', () => {
    const whole: Intervals<number> = [[0, 24]];
    fc.assert(
      fc.property(set, set, (left, right) => {
        const one = difference(whole, union(left, right));
        const other = intersection(difference(whole, left), difference(whole, right));
        expect(one).toEqual(other);
      }),
    );
  });

  test('one covers another iff nothing of the other is outside', () => {
    fc.assert(
      fc.property(set, set, (left, right) => {
        expect(covers(left, right)).toBe(points(right).every((point) => contains(left, point)));
      }),
    );
  });
});
