import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestPath } from '../../../analysis/mesh/request-path.ts';

test.each([
  ['/a/b?c', '/a/b'],
  ['/a/./b', '/a/b'],
  ['/a/../b', '/b'],
  ['/../a', '/a'],
  ['/a/..', '/'],
  ['/a/b/.', '/a/b/'],
  ['/a\\b', '/a/b'],
  ['/a//b', '/a//b'],
  ['/a%2fb', undefined],
  ['/a#b', undefined],
  ['a', undefined],
])('%s is %s for a policy', (written, expected) => {
  expect(requestPath(written)).toBe(expected);
});

test('is as in URLs', () => {
  const path = fc
    .array(fc.constantFrom('a', 'bc', '.', '..', ''), { minLength: 1 })
    .map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(path, (written) => {
      expect(requestPath(written)).toBe(new URL(`http://host${written}`).pathname);
    }),
  );
});
