import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cidrContains, cidrFault } from '../../constructs/validate/cidr.ts';
import { cronFault } from '../../constructs/validate/cron.ts';
import {
  ABSOLUTE_PATH,
  DATA_KEY,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  ENV_NAME,
  HOSTNAME,
  IMAGE,
  LABEL_VALUE,
  PORT_NAME,
  QUALIFIED_NAME,
} from '../../constructs/validate/names.ts';
import { parseQuantity } from '../../constructs/validate/quantity.ts';

describe('CIDRs', () => {
  test.each([
    '0.0.0.0/0',
    '10.225.0.0/28',
    '140.82.112.0/20',
    '10.0.0.10/32',
    '::/0',
    'fc00::/7',
    'fe80::/10',
    '2001:db8::1/128',
    '::ffff:10.0.0.0/104',
  ])('accepts %s', (cidr) => {
    expect(cidrFault(cidr)).toBeUndefined();
  });

  test.each([
    ['10.225.0.1/28', 'has host bits set'],
    ['fc00::1/7', 'has host bits set'],
    ['10.0.0.0', 'has no prefix length'],
    ['10.0.0.0/33', 'has a prefix length that is not from 0 to 32'],
    ['10.0.0.0/08', 'has a prefix length that is not from 0 to 32'],
    ['::/129', 'has a prefix length that is not from 0 to 128'],
    ['10.0.0/8', 'has no IP address before the "/"'],
    ['010.0.0.0/8', 'has no IP address before the "/"'],
    ['fe80::%eth0/64', 'has no IP address before the "/"'],
    ['', 'has no prefix length'],
  ])('fails for %s', (cidr, fault) => {
    expect(cidrFault(cidr)).toBe(fault);
  });

  const network = fc
    .tuple(fc.nat({ max: 0xffffffff }), fc.integer({ min: 0, max: 32 }))
    .map(([address, prefix]) => ({
      prefix,
      base: Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix),
    }));
  const text = (base: number, prefix: number) =>
    `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${prefix}`;

  test('accept every network address and refuse every other of the network', () => {
    fc.assert(
      fc.property(network, fc.nat({ max: 0xffffffff }), ({ base, prefix }, offset) => {
        const host = offset % 2 ** (32 - prefix);
        expect(cidrFault(text(base + host, prefix))).toBe(host === 0 ? undefined : 'has host bits set');
      }),
    );
  });

  test('contain each other as their ranges do', () => {
    fc.assert(
      fc.property(network, network, (a, b) => {
        const end = ({ base, prefix }: typeof a) => base + 2 ** (32 - prefix);
        const inside = a.base <= b.base && end(b) <= end(a);
        expect(cidrContains(text(a.base, a.prefix), text(b.base, b.prefix))).toBe(inside);
      }),
    );
  });
});

describe('quantities', () => {
  test.each([
    ['1', 10n ** 9n],
    ['500m', 5n * 10n ** 8n],
    ['0.5', 5n * 10n ** 8n],
    ['1Ki', 1024n * 10n ** 9n],
    ['1.5Gi', 3n * 2n ** 29n * 10n ** 9n],
    ['2e3', 2000n * 10n ** 9n],
    ['1E', 10n ** 27n],
    ['1e-12', 1n],
    ['+4', 4n * 10n ** 9n],
    ['1.', 10n ** 9n],
  ])('%s', (quantity, billionths) => {
    expect(parseQuantity(quantity)).toBe(billionths);
  });

  test.each(['', '-1', 'm', '1 Gi', '1gi', '1KI', '1e', '1e3Mi', '0x1', '١'])('fails for %j', (quantity) => {
    expect(parseQuantity(quantity)).toBeUndefined();
  });

  test('order as their numbers do', () => {
    const whole = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [x = 0n, y = 0n] = [parseQuantity(`${a}m`), parseQuantity(`${b / 1000}`)];
        expect(Math.sign(Number(x - y))).toBe(Math.sign(a - b));
      }),
    );
  });
});

describe('cron schedules', () => {
  test.each(['* * * * *', '0 3 * * 1', '*/15 0-6,18-23 1,15 jan-mar mon-fri', '@daily', '5/10 * ? * SUN'])(
    'accepts %s',
    (schedule) => {
      expect(cronFault(schedule)).toBeUndefined();
    },
  );

  test.each([
    ['', 'has 0 fields instead of 5'],
    ['* * * *', 'has 4 fields instead of 5'],
    ['60 * * * *', 'has a bad minute'],
    ['* 24 * * *', 'has a bad hour'],
    ['* * 0 * *', 'has a bad day of month'],
    ['* * * foo *', 'has a bad month'],
    ['* * * * 7', 'has a bad day of week'],
    ['*/0 * * * *', 'has a bad minute'],
    ['9-5 * * * *', 'has a bad minute'],
    ['@reboot', 'has 1 fields instead of 5'],
  ])('fails for %j', (schedule, fault) => {
    expect(cronFault(schedule)).toBe(fault);
  });
});

describe('names', () => {
  test.each([
    ['DNS_LABEL', DNS_LABEL, 'a', 'a-1'],
    ['DNS_SUBDOMAIN', DNS_SUBDOMAIN, 'a.b', 'a-b.c1'],
    ['HOSTNAME', HOSTNAME, '*.example.org', 'example.org'],
    ['PORT_NAME', PORT_NAME, 'http', 'http-worker'],
    ['LABEL_VALUE', LABEL_VALUE, '', 'A_b.c-1'],
    ['DATA_KEY', DATA_KEY, 'tls.crt', '_a'],
    ['ENV_NAME', ENV_NAME, 'ConnectionStrings__Postgres', '_A'],
    ['QUALIFIED_NAME', QUALIFIED_NAME, 'app', 'app.kubernetes.io/part-of'],
    ['IMAGE', IMAGE, 'registry.example:5000/a/b:1.0', 'a@sha256:00'],
    ['ABSOLUTE_PATH', ABSOLUTE_PATH, '/', '/.well-known/x'],
  ] as const)('%s accepts what is one', (_, rule, first, second) => {
    expect([rule.fault(first), rule.fault(second)]).toEqual([undefined, undefined]);
  });

  test.each([
    ['DNS_LABEL', DNS_LABEL, ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a\n', 'a'.repeat(64)]],
    ['DNS_SUBDOMAIN', DNS_SUBDOMAIN, ['', '.a', 'a..b', 'a.-b', 'A.b', 'a'.repeat(254)]],
    ['HOSTNAME', HOSTNAME, ['*', '*.', '*.*.a', 'a.*.b', 'https://a']],
    ['PORT_NAME', PORT_NAME, ['1', 'a--b', '-a', 'sixteen-letters-x', 'Http']],
    ['LABEL_VALUE', LABEL_VALUE, ['-a', 'a b', 'a/b', 'a'.repeat(64)]],
    ['DATA_KEY', DATA_KEY, ['', 'a/b', 'a b']],
    ['ENV_NAME', ENV_NAME, ['', '1A', 'A B', 'A=']],
    ['QUALIFIED_NAME', QUALIFIED_NAME, ['', '/a', 'a/', 'A.io/b', 'a/b/c', `a/${'b'.repeat(64)}`]],
    ['IMAGE', IMAGE, ['', 'a b', '${REGISTRY}/a:1', '<image>']],
    ['ABSOLUTE_PATH', ABSOLUTE_PATH, ['', 'a', '/a b']],
  ] as const)('fails for what is no %s', (_, rule, values) => {
    for (const value of values) expect(rule.fault(value), JSON.stringify(value)).toBeDefined();
  });
});
