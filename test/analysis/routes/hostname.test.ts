import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSpecificity, hostMatches, hostOf, intersection } from '../../../analysis/routes/hostname.ts';

const label = fc.constantFrom('a', 'b', 'www', 'api', 'example', 'com', 'org');
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const hostname = fc.option(
  fc.tuple(host, fc.boolean()).map(([name, wildcard]) => (wildcard ? `*.${name}` : name)),
  { nil: undefined },
);

describe('the host of a request', () => {
  test.each([
    ['Example.COM', 'example.com'],
    ['example.com:8080', 'example.com'],
    ['[2001:db8::1]:443', '[2001:db8::1]'],
    ['2001:db8::1', '2001:db8::1'],
    ['', ''],
  ])('%s is %s', (authority, expected) => {
    expect(hostOf(authority)).toBe(expected);
  });
});

describe('a hostname matches', () => {
  test.each([
    ['*.example.com', 'www.example.com', true],
    ['*.example.com', 'very.deep.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'badexample.com', false],
    ['*.example.com', '.example.com', false],
    ['example.com', 'example.com', true],
    ['example.com', 'www.example.com', false],
    [undefined, 'any.host', true],
  ])('%s: %s is %s', (name, request, expected) => {
    expect(hostMatches(name, request)).toBe(expected);
  });
});

describe('the intersection of hostnames', () => {
  test.each([
    ['*.example.com', 'www.example.com', 'www.example.com'],
    ['*.com', '*.example.com', '*.example.com'],
    ['example.com', 'example.com', 'example.com'],
    [undefined, '*.example.com', '*.example.com'],
  ])('%s and %s is %s', (first, second, expected) => {
    expect(intersection(first, second)).toEqual({ hostname: expected });
  });

  test('is nothing where no host is in both', () => {
    expect(intersection('*.example.com', 'example.com')).toBeUndefined();
    expect(intersection('*.example.com', '*.example.org')).toBeUndefined();
  });

  test('matches exactly the hosts that both match', () => {
    fc.assert(
      fc.property(hostname, hostname, host, (first, second, request) => {
        const shared = intersection(first, second);
        const both = hostMatches(first, request) && hostMatches(second, request);
        expect(shared !== undefined && hostMatches(shared.hostname, request)).toBe(both);
      }),
    );
  });

  test('does not depend on the order, nor on repetition', () => {
    fc.assert(
      fc.property(hostname, hostname, (first, second) => {
        expect(intersection(first, second)).toEqual(intersection(second, first));
        expect(intersection(first, first)).toEqual({ hostname: first });
      }),
    );
  });

  test('is associative', () => {
    fc.assert(
      fc.property(hostname, hostname, hostname, (first, second, third) => {
        const left = intersection(first, second);
        const right = intersection(second, third);
        expect(left && intersection(left.hostname, third)).toEqual(
          right && intersection(first, right.hostname),
        );
      }),
    );
  });
});

test('the most specific hostname comes first: exact, longer wildcards, shorter ones, none', () => {
  const names = [undefined, '*.com', 'a.b', '*.example.com'];
  expect(names.map((name) => ({ name })).sort((x, y) => compareSpecificity(x.name, y.name))).toEqual([
    { name: 'a.b' },
    { name: '*.example.com' },
    { name: '*.com' },
    { name: undefined },
  ]);
});
