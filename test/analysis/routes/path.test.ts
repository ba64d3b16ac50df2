import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  prefixesOf,
  prefixKey,
  queryParameters,
  replacePrefix,
  splitTarget,
} from '../../../analysis/routes/path.ts';

const path = fc
  .array(fc.constantFrom('', 'a', 'b', 'abc'), { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);
const prefix = fc
  .array(fc.constantFrom('a', 'b', 'abc'), { maxLength: 3 })
  .map((segments) => `/${segments.join('/')}`);

/** The definition, word by word: every segment of the prefix, a trailing slash ignored. */
function naivelyMatches(expected: string, actual: string): boolean {
  const wanted = expected.replace(/\/$/, '').split('/');
  return wanted.every((segment, index) => actual.split('/')[index] === segment);
}

test('prefixes of a path are exactly those that match it by whole segments', () => {
  fc.assert(
    fc.property(path, prefix, (actual, expected) => {
      expect([...prefixesOf(actual), ''].includes(prefixKey(expected))).toBe(
        naivelyMatches(expected, actual),
      );
    }),
  );
});

test('prefixes of a path come from the longest to the shortest', () => {
  expect(prefixesOf('/a/b/c')).toEqual(['/a/b/c', '/a/b', '/a']);
});

test('a trailing slash of a prefix says nothing', () => {
  fc.assert(
    fc.property(prefix, (expected) => {
      expect(prefixKey(prefixKey(`${expected}/`))).toBe(prefixKey(prefixKey(expected)));
    }),
  );
});

describe('the replacement of a prefix', () => {
  test.each([
    ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
    ['/foo', '/foo', '/xyz', '/xyz'],
    ['/foo/', '/foo', '/xyz', '/xyz/'],
    ['/foo/bar', '/foo', '', '/bar'],
    ['/foo/', '/foo', '', '/'],
    ['/foo', '/foo', '', '/'],
    ['/foo/', '/foo', '/', '/'],
    ['/foo', '/foo', '/', '/'],
    ['/bar', '/', '/xyz', '/xyz/bar'],
  ])('%s with prefix %s replaced by %j is %s', (actual, matched, replacement, expected) => {
    expect(replacePrefix(actual, prefixKey(matched), replacement)).toBe(expected);
  });

  test('by itself changes nothing', () => {
    fc.assert(
      fc.property(path, (actual) => {
        for (const matched of [...prefixesOf(actual), '']) {
          if (matched.endsWith('/')) continue;
          expect(replacePrefix(actual, matched, matched)).toBe(actual);
        }
      }),
    );
  });
});

test('a request target is a path, a query and a fragment that is not sent', () => {
  expect(splitTarget('/a/b?x=1?y#top')).toEqual({ path: '/a/b', query: '?x=1?y' });
  expect(splitTarget('/a')).toEqual({ path: '/a', query: '' });
});

test('the first of repeated query parameters counts, decoded, names case-sensitive', () => {
  expect([...queryParameters('?a=1&a=2&A=%20x+y&b&c=%zz')]).toEqual([
    ['a', '1'],
    ['A', ' x y'],
    ['b', ''],
    ['c', '%zz'],
  ]);
});

test('any text is a query', () => {
  fc.assert(fc.property(fc.string(), (text) => queryParameters(text).size >= 0));
});
