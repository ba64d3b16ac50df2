import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPorts, PortRange, policyPorts, port, tcp, udp } from '../../constructs/index.ts';

const a2a = port('a2a', 8088);

describe('PortRange: ports as intervals', () => {
  test('carves a port out', () => {
    expect(PortRange.of(3000, 9000).except(8088).intervals).toEqual([
      { first: 3000, last: 8087 },
      { first: 8089, last: 9000 },
    ]);
  });

  test('carves a declared port out', () => {
    expect(String(PortRange.of(3000, 9000).except(a2a))).toBe('3000-8087, 8089-9000/TCP');
  });

  test('carves out at both ends and beyond', () => {
    expect(String(tcp(10, 20).except(10, 20))).toBe('11-19/TCP');
    expect(String(tcp(10, 20).except(tcp(1, 12), tcp(19, 30)))).toBe('13-18/TCP');
    expect(String(tcp(10, 20).except(allPorts('TCP')))).toBe('none/TCP');
  });

  test('joins what touches', () => {
    expect(String(tcp(80).union(81, tcp(90, 95), tcp(93, 99)))).toBe('80-81, 90-99/TCP');
  });

  test('writes the protocol always and endPort only for a range', () => {
    expect(policyPorts(udp(53))).toEqual([{ protocol: 'UDP', port: 53 }]);
    expect(policyPorts(tcp(3000, 9000))).toEqual([{ protocol: 'TCP', port: 3000, endPort: 9000 }]);
  });

  test.each([
    [0, 1, 'ports 0-1/TCP: first: 0 is not allowed; use an integer from 1 to 65535'],
    [1, 65536, 'last: 65536 is not allowed'],
    [1.5, 2, 'first: 1.5 is not allowed'],
    [9, 8, 'the first port is above the last'],
  ])('fails for %d to %d', (first, last, message) => {
    expect(() => PortRange.of(first, last)).toThrow(message);
  });

  test('fails to mix protocols', () => {
    expect(() => tcp(1, 100).except(udp(53))).toThrow('ports 1-100/TCP: 53/UDP is of another protocol');
  });
});

describe('PortRange is a set algebra', () => {
  const LAST = 40;
  const range = fc
    .tuple(fc.integer({ min: 1, max: LAST }), fc.integer({ min: 1, max: LAST }))
    .map(([a, b]) => tcp(Math.min(a, b), Math.max(a, b)));
  const set = fc
    .array(range, { minLength: 1, maxLength: 5 })
    .map(([first = tcp(1), ...more]) => first.union(...more));
  const members = (ports: PortRange) =>
    Array.from({ length: LAST + 2 }, (_, port) => port).filter((port) => ports.has(port));

  test('union holds what either holds', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(new Set(members(a.union(b)))).toEqual(new Set([...members(a), ...members(b)]));
      }),
    );
  });

  test('except holds what only the first holds', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(members(a.except(b))).toEqual(members(a).filter((port) => !b.has(port)));
      }),
    );
  });

  test('intervals are in order and neither touch nor overlap', () => {
    fc.assert(
      fc.property(set, set, set, (a, b, c) => {
        const { intervals } = a.union(b).except(c);
        for (const { first, last } of intervals) expect(first).toBeLessThanOrEqual(last);
        for (const [index, { first }] of intervals.entries()) {
          if (index > 0) expect(first).toBeGreaterThan((intervals[index - 1]?.last ?? 0) + 1);
        }
      }),
    );
  });

  test('what is taken out and put back is as before', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(a.except(b).union(a)).toEqual(a);
      }),
    );
  });
});
