import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../core/manifest.ts';
import { equalitySelector, type Labels, labelSelector, selects } from '../../inventory/index.ts';

/** Whether a selector as written selects labels; undefined where it is none. */
function matches(selector: Json | undefined, labels: Labels): boolean | undefined {
  const read = labelSelector(selector);
  return read === undefined ? undefined : selects(read, labels);
}

const key = fc.constantFrom('app', 'tier', 'constructor', '__proto__', 'x/y');
const value = fc.constantFrom('', 'a', 'b');
const labels = fc.dictionary(key, value, { noNullPrototype: true });
const values = fc.array(value, { minLength: 1, maxLength: 3 });

describe('a label selector', () => {
  test('without conditions selects everything; a missing one is none', () => {
    expect(matches({}, { app: 'a' })).toBe(true);
    expect(matches({ matchLabels: null, matchExpressions: [] }, {})).toBe(true);
    expect(matches(undefined, {})).toBeUndefined();
    expect(matches(null, {})).toBeUndefined();
  });

  test.each([
    ['In', { app: 'a' }, true],
    ['In', { app: 'c' }, false],
    ['In', {}, false],
    ['NotIn', { app: 'a' }, false],
    ['NotIn', { app: 'c' }, true],
    ['NotIn', {}, true],
  ])('%s [a, b] of %j: %s', (operator, pod, expected) => {
    expect(matches({ matchExpressions: [{ key: 'app', operator, values: ['a', 'b'] }] }, pod)).toBe(expected);
  });

  test.each([
    ['Exists', { app: '' }, true],
    ['Exists', {}, false],
    ['DoesNotExist', { app: '' }, false],
    ['DoesNotExist', {}, true],
  ])('%s of %j: %s', (operator, pod, expected) => {
    expect(matches({ matchExpressions: [{ key: 'app', operator }] }, pod)).toBe(expected);
  });

  test.each<Json>([
    'app=a',
    [],
    { matchLabels: { app: 1 } },
    { matchLabels: ['app'] },
    { matchExpressions: [{ key: 'app', operator: 'in', values: ['a'] }] },
    { matchExpressions: [{ key: 'app', operator: 'In' }] },
    { matchExpressions: [{ key: 'app', operator: 'In', values: [1] }] },
    { matchExpressions: [{ key: 'app', operator: 'Exists', values: ['a'] }] },
    { matchExpressions: [{ operator: 'Exists' }] },
    { matchExpressions: ['app'] },
  ])('fails to be one where the API server refuses it: %j', (selector) => {
    expect(labelSelector(selector)).toBeUndefined();
  });

  test('NotIn is the opposite of In, DoesNotExist of Exists', () => {
    fc.assert(
      fc.property(key, values, labels, (name, wanted, pod) => {
        const one = (operator: string, list?: string[]) =>
          matches(
            { matchExpressions: [{ key: name, operator, ...(list === undefined ? {} : { values: list }) }] },
            pod,
          );
        expect(one('NotIn', wanted)).toBe(!one('In', wanted));
        expect(one('DoesNotExist')).toBe(!one('Exists'));
      }),
    );
  });

  test('a label is the same as an expression with one value, and conditions are ANDed', () => {
    fc.assert(
      fc.property(labels, labels, (wanted, pod) => {
        const expressions = Object.entries(wanted).map(([name, label]) => ({
          key: name,
          operator: 'In',
          values: [label],
        }));
        const expected = Object.entries(wanted).every(
          ([name, label]) => Object.hasOwn(pod, name) && pod[name] === label,
        );
        expect(matches({ matchLabels: wanted }, pod)).toBe(expected);
        expect(matches({ matchExpressions: expressions }, pod)).toBe(expected);
        expect(selects(equalitySelector(wanted) ?? [], pod)).toBe(expected);
      }),
    );
  });
});
