import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  doesNotExist,
  everyPod,
  exists,
  isIn,
  isNotIn,
  type LabelExpression,
  LabelSelector,
  where,
} from '../../constructs/index.ts';
import { Check } from '../../constructs/validate/check.ts';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const name = fc.stringMatching(NAME).filter((text) => NAME.test(text));
const key = fc.oneof(
  name,
  fc.tuple(fc.domain(), name).map(([prefix, rest]) => `${prefix}/${rest}`),
);
const expression: fc.Arbitrary<LabelExpression> = fc.oneof(
  fc.tuple(key, name, fc.array(name)).map(([label, first, more]) => isIn(label, first, ...more)),
  fc.tuple(key, name, fc.array(name)).map(([label, first, more]) => isNotIn(label, first, ...more)),
  key.map(exists),
  key.map(doesNotExist),
);

function faults(selector: LabelSelector): number {
  const check = new Check('selector');
  selector.check(check, 'pods');
  return check.count;
}

describe('label selectors', () => {
  test('keep every condition, and find no fault in a good one', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, name, { noNullPrototype: true }),
        fc.array(expression),
        (labels, expressions) => {
          const selector = LabelSelector.of([labels, ...expressions]);
          const { matchLabels = {}, matchExpressions = [] } = selector.toManifest();
          expect(matchLabels).toEqual(labels);
          expect(matchExpressions).toEqual(expressions);
          const empty = Object.keys(labels).length + expressions.length === 0;
          expect(faults(selector)).toBe(empty ? 1 : 0);
        },
      ),
    );
  });

  test('find the fault in a value with one bad character, wherever it stands', () => {
    const bad = fc.constantFrom(' ', '/', '*', '$', '\n', 'é', '=');
    fc.assert(
      fc.property(name, bad, fc.nat(), (value, character, at) => {
        const index = at % (value.length + 1);
        const broken = value.slice(0, index) + character + value.slice(index);
        expect(faults(where({ app: broken }))).toBe(1);
        expect(faults(where(isIn('app', broken)))).toBe(1);
      }),
    );
  });

  test('select everything only at the word', () => {
    expect(faults(everyPod)).toBe(0);
    expect(faults(LabelSelector.of([{}]))).toBe(1);
    expect(everyPod.toManifest()).toEqual({});
  });
});
