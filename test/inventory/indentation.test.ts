import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowLines, indentLines, widestIndent } from '../../inventory/indentation.ts';

test('every offset of an indented text leads back to its character', () => {
  const text = fc
    .array(fc.constantFrom('a', ' ', '\n', 'bc'), { maxLength: 30 })
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      text,
      fc.infiniteStream(fc.boolean()),
      fc.integer({ min: 1, max: 5 }),
      (written, chosen, width) => {
        const starts = [0, ...[...written.matchAll(/\n/g)].map(({ index }) => index + 1)].filter(
          () => chosen.next().value,
        );
        const { text: indented, original } = indentLines(written, starts, '~'.repeat(width));
        for (let offset = 0; offset < indented.length; offset += 1) {
          if (indented[offset] !== '~')
            expect([offset, written[original(offset)]]).toEqual([offset, indented[offset]]);
        }
        expect(indented.replaceAll('~', '')).toBe(written);
      },
    ),
  );
});

test('the widest indent is wider than every block', () => {
  expect(widestIndent('a:\n  - - b: [\n]\n')).toHaveLength(7);
});

describe('lines inside a flow collection', () => {
  const linesFrom = (text: string): string[] =>
    flowLines(text, 0).map((start) => text.slice(start).split('\n')[0] ?? '');

  test('go on until it closes', () => {
    expect(linesFrom('a,\nb: {\n  c},\n]\nnext: d\n')).toEqual(['a,', 'b: {', '  c},', ']']);
  });

  test('are told apart from brackets in quotes', () => {
    expect(linesFrom('"]", \'[\',\n]\nnext: d\n')).toEqual(['"]", \'[\',', ']']);
  });

  test.each(["it's,", 'a # ]', '"open', "'open"])(
    'end where quotes or comments leave it uncertain: %s',
    (line) => {
      expect(linesFrom(`${line}\n]\nnext: d\n`)).toEqual([line]);
    },
  );
});
