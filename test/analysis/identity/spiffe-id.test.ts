import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  InvalidIdentity,
  isDnsName,
  refuseInvalidSelector,
  trustDomainNamed,
  trustDomainOf,
} from '../../../analysis/identity/spiffe-id.ts';

test.each([
  ['spiffe://example.org', 'example.org'],
  ['spiffe://example.org/a', 'example.org'],
  ['spiffe://a_b-c.1/A/b_c-d/..e/...', 'a_b-c.1'],
])('%s is in %s', (id, trustDomain) => {
  expect(trustDomainOf(id)).toBe(trustDomain);
});

test.each([
  '',
  'spiffe:/a/b',
  'spiffe://',
  'spiffe:///a',
  'spiffe://A/b',
  'spiffe://a:1/b',
  'spiffe://u@a/b',
  'spiffe://a/',
  'spiffe://a//b',
  'spiffe://a/b/',
  'spiffe://a/.',
  'spiffe://a/../b',
  'spiffe://a/b?c',
  'spiffe://a/b#c',
  'spiffe://a/%41',
  'spiffe://a/ü',
])('fails: %j', (id) => {
  expect(() => trustDomainOf(id)).toThrow(InvalidIdentity);
});

test('any path of valid segments is valid', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9._-]+$/).filter((text) => text !== '.' && text !== '..');
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      expect(trustDomainOf(['spiffe://a', ...segments].join('/'))).toBe('a');
    }),
  );
});

describe('trust domains', () => {
  test('are named by themselves, or by an ID', () => {
    expect(['a.org', 'spiffe://a.org', 'spiffe://a.org/b'].map(trustDomainNamed)).toEqual([
      'a.org',
      'a.org',
      'a.org',
    ]);
  });

  test.each(['', 'A', 'a/b', 'https://a', 'a b'])('fails: %j', (text) => {
    expect(() => trustDomainNamed(text)).toThrow(InvalidIdentity);
  });
});

test.each([
  ['a', true],
  ['a.b-c.D1', true],
  ['*.a', true],
  ['a_b', false],
  ['a/b', false],
  ['xn--4ca', false],
])('whether %s is a DNS name is certain: %s', (name, certain) => {
  expect(isDnsName(name)).toBe(certain);
});

test.each(['a', ':a', 'a:', ''])('fails: %j is no selector', (selector) => {
  expect(() => refuseInvalidSelector(selector)).toThrow(InvalidIdentity);
});
