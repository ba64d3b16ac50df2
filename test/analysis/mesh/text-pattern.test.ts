import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isValidPath, matchesTemplate, matchesText } from '../../../analysis/mesh/text-pattern.ts';

test.each([
  ['*', 'x', true],
  ['*', '', false],
  ['a*', 'a', true],
  ['*a', 'ba', true],
  ['*a*', 'xa*', true],
  ['*a*', 'xab', false],
  ['a*b', 'axb', false],
])('%s of a text %s', (pattern, text, expected) => {
  expect(matchesText(pattern, text)).toBe(expected);
});

test('a text matches itself, its beginnings and its ends', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z/]+$/), fc.stringMatching(/^[a-z/]*$/), (left, right) => {
      expect(matchesText(left, left)).toBe(true);
      expect(matchesText(`${left}*`, left + right)).toBe(true);
      expect(matchesText(`*${left}`, right + left)).toBe(true);
    }),
  );
});

test.each([
  ['/{*}', '/a', true],
  ['/{*}', '/', false],
  ['/{*}', '/a/b', false],
  ['/a/{**}', '/a/', true],
  ['/a/{**}', '/a', false],
  ['/{**}/c', '/a/b/c', true],
  ['/a.b/{*}', '/axb/c', false],
])('template %s of a path %s', (pattern, path, expected) => {
  expect(matchesTemplate(pattern, path)).toBe(expected);
});

test.each(['/a/{*}b', '/{**}/{*}', '/*/{*}', 'a/{*}', '/a//{*}', '/{a}'])(
  'fails as a path: %s',
  (pattern) => {
    expect(isValidPath(pattern)).toBe(false);
  },
);
