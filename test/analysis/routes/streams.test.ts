import { describe, expect, test } from 'vitest';
import { ask, gateway, reaches, route, routing, to } from './cluster.ts';

const rules = (name: string, more = {}) => [{ backendRefs: [to(name, more)] }];

describe('a TLS listener', () => {
  const tls = (hostname?: string) => ({
    protocol: 'TLS',
    port: 443,
    tls: { mode: 'Passthrough' },
    ...(hostname && { hostname }),
  });
  const cluster = routing(
    gateway([tls('*.example.com')]),
    route('TLSRoute', 'exact', { hostnames: ['abc.example.com'], rules: rules('a') }),
    route('TLSRoute', 'wildcard', { hostnames: ['*.com'], rules: rules('b') }),
  );
  test.each([
    ['abc.example.com', 'a'],
    ['other.example.com', 'b'],
    ['example.com', 404],
    ['abc.example.org', 404],
  ])('sends the server name %s to %s', (sni, expected) => {
    expect(reaches(cluster, { sni }, 443)).toBe(expected);
  });
  test('beside an HTTPS listener takes the server names that are its own', () => {
    const mixed = routing(
      gateway([tls('pass.org'), { protocol: 'HTTPS', port: 443, hostname: 'term.org' }]),
      route('TLSRoute', 't', { hostnames: ['pass.org'], rules: rules('a') }),
      route('HTTPRoute', 'h', { hostnames: ['term.org'], rules: rules('b') }),
    );
    expect(reaches(mixed, { host: 'pass.org' }, 443)).toBe('a');
    expect(reaches(mixed, { host: 'term.org' }, 443)).toBe('b');
  });
});

describe('a TCP listener', () => {
  const tcp = gateway([{ protocol: 'TCP', port: 9000 }]);
  test('sends every connection to the oldest route', () => {
    const cluster = routing(
      tcp,
      route('TCPRoute', 'a', { rules: rules('a') }, { creationTimestamp: '2024-02-01T00:00:00Z' }),
      route('TCPRoute', 'b', { rules: rules('b') }, { creationTimestamp: '2024-01-01T00:00:00Z' }),
    );
    expect(reaches(cluster, {}, 9000)).toBe('b');
  });
  test('closes connections without a route, or without a backend', () => {
    expect(ask(routing(tcp), {}, 9000)).toMatchObject({ status: 404, backends: [] });
    const cluster = routing(tcp, route('TCPRoute', 'r', { rules: rules('nowhere') }));
    expect(ask(cluster, {}, 9000)).toMatchObject({ status: 500, failing: [{ reason: 'BackendNotFound' }] });
  });
  test('splits connections by weight', () => {
    const backendRefs = [to('a', { weight: 9 }), to('b', { weight: 1 })];
    const cluster = routing(tcp, route('TCPRoute', 'r', { rules: [{ backendRefs }] }));
    expect(ask(cluster, {}, 9000).backends.map(({ name, weight }) => [name, weight])).toEqual([
      ['a', 9],
      ['b', 1],
    ]);
  });
});

test('a UDP listener has UDPRoutes', () => {
  const cluster = routing(
    gateway([{ protocol: 'UDP', port: 53 }]),
    route('UDPRoute', 'u', { rules: rules('a') }),
    route('TCPRoute', 't', { rules: rules('b') }),
  );
  expect(reaches(cluster, {}, 53)).toBe('a');
});

test('a port without a listener takes nothing', () => {
  expect(ask(routing(gateway([{}])), {}, 8080)).toMatchObject({ status: 404, backends: [] });
});
