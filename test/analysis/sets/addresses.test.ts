import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_IPV4,
  addressText,
  containsAddress,
  coversAddresses,
  cutAddresses,
  firstAddress,
  NO_ADDRESSES,
  parseAddress,
  parseCidr,
  subtractAddresses,
  uniteAddresses,
} from '../../../analysis/sets/index.ts';

const has = (cidr: string, address: string): boolean => {
  const parsed = parseAddress(address);
  return parsed !== undefined && containsAddress(parseCidr(cidr) ?? NO_ADDRESSES, parsed);
};

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '255.255.255.255',
    '::',
    '::1',
    'fd00::1:0:0:1',
    '2001:db8::1',
    '1:2:3:4:5:6:7:8',
  ])('%s is written as it is read', (text) => {
    const address = parseAddress(text);
    expect(address && addressText(address)).toBe(text);
  });

  test('any address survives being written and read', () => {
    const address = fc.oneof(
      fc.bigInt(0n, (1n << 32n) - 1n).map((value) => ({ family: 4 as const, value })),
      fc.bigInt(0n, (1n << 128n) - 1n).map((value) => ({ family: 6 as const, value })),
    );
    fc.assert(
      fc.property(address, (each) => {
        expect(isIP(addressText(each))).toBe(each.family);
        expect(parseAddress(addressText(each))).toEqual(each);
      }),
    );
  });

  test('an IPv4 address may end an IPv6 one', () => {
    expect(parseAddress('::ffff:10.0.0.1')).toEqual(parseAddress('::ffff:a00:1'));
  });

  test.each(['', '10.0.0', '10.0.0.256', '010.0.0.1', 'fe80::1%eth0', '10.0.0.1/8', 'host'])(
    'fails on %j',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});

describe('blocks', () => {
  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.9.8.7/8', '10.0.0.0', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['10.0.0.1/32', '10.0.0.2', false],
    ['fd00::/8', 'fdff::1', true],
    ['::/0', '10.0.0.1', false],
  ])('%s holds %s: %s', (cidr, address, expected) => {
    expect(has(cidr, address)).toBe(expected);
  });

  test.each(['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/-1', 'x/8', '10.0.0.0/8/8'])(
    'fails on %j',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );

  test('cut at the borders of others, each piece is inside of each or outside', () => {
    const block = fc
      .tuple(fc.bigInt(0n, (1n << 32n) - 1n), fc.integer({ min: 0, max: 32 }))
      .map(([value, prefix]) => parseCidr(`${addressText({ family: 4, value })}/${prefix}`) ?? NO_ADDRESSES);
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), (others) => {
        const pieces = cutAddresses(ALL_IPV4, others);
        expect(uniteAddresses(...pieces)).toEqual(ALL_IPV4);
        for (const piece of pieces) {
          for (const other of others) {
            const first = firstAddress(piece);
            const inside = first !== undefined && containsAddress(other, first);
            expect(inside ? coversAddresses(other, piece) : subtractAddresses(piece, other)).toEqual(
              inside || piece,
            );
          }
        }
      }),
    );
  });
});
