import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask, gateway, reaches, route, routing, to } from './cluster.ts';
import { type NaiveRule, naiveRoute } from './naive.ts';

/** A route for each backend name, with one match each. */
function contest(a: object, b: object, c: object = { path: { type: 'Exact', value: '/never' } }) {
  const rule = (name: string, match: object) => ({ matches: [match], backendRefs: [to(name)] });
  return routing(
    gateway([{}]),
    route('HTTPRoute', 'z', { rules: [rule('a', a)] }),
    route('HTTPRoute', 'm', { rules: [rule('c', c), rule('b', b)] }),
  );
}

describe('of matches of several routes wins', () => {
  const prefix = (value: string) => ({ path: { type: 'PathPrefix', value } });
  const headers = [{ name: 'h', value: '1' }];
  const queryParams = [{ name: 'q', value: '1' }];
  const line = { path: '/a/b?q=1', headers: { h: '1' } };

  test('an exact path, before everything else', () => {
    const exact = { path: { type: 'Exact', value: '/a/b' } };
    expect(reaches(contest(exact, { ...prefix('/a/b'), method: 'GET', headers, queryParams }), line)).toBe(
      'a',
    );
  });
  test('the longest prefix, before a method', () => {
    expect(reaches(contest(prefix('/a/b'), { ...prefix('/a'), method: 'GET', headers }), line)).toBe('a');
  });
  test('a method, before headers', () => {
    expect(reaches(contest({ ...prefix('/a'), method: 'GET' }, { ...prefix('/a'), headers }), line)).toBe(
      'a',
    );
  });
  test('more headers, before query parameters', () => {
    expect(reaches(contest({ headers }, { queryParams }), line)).toBe('a');
  });
  test('more query parameters', () => {
    expect(reaches(contest({ queryParams }, {}), line)).toBe('a');
  });
  test('the oldest route, before the name', () => {
    const rules = (name: string) => ({ rules: [{ backendRefs: [to(name)] }] });
    const cluster = routing(
      gateway([{}]),
      route('HTTPRoute', 'a', rules('a'), { creationTimestamp: '2024-02-01T00:00:00Z' }),
      route('HTTPRoute', 'z', rules('b'), { creationTimestamp: '2024-01-01T00:00:00Z' }),
    );
    expect(reaches(cluster, {})).toBe('b');
  });
  test('the first in alphabetical order of namespace/name', () => {
    expect(reaches(contest({}, {}), {})).toBe('b');
  });
  test('the first rule of a route', () => {
    const rules = [{ backendRefs: [to('a')] }, { backendRefs: [to('b')] }];
    expect(reaches(routing(gateway([{}]), route('HTTPRoute', 'r', { rules })), {})).toBe('a');
  });
});

test('a regular expression comes after exact paths and before prefixes', () => {
  const pattern = { path: { type: 'RegularExpression', value: '/.*' } };
  expect(reaches(contest(pattern, { path: { value: '/a/b/c' } }), { path: '/a/b/c' })).toBe('a');
  expect(reaches(contest(pattern, { path: { type: 'Exact', value: '/a' } }), { path: '/a' })).toBe('b');
});

test('the route with the longest matching hostname comes first, then its matches', () => {
  const rules = (name: string, value: string) => [
    { matches: [{ path: { value } }], backendRefs: [to(name)] },
  ];
  const cluster = routing(
    gateway([{}]),
    route('HTTPRoute', 'one', { hostnames: ['*.example.com'], rules: rules('a', '/long/path') }),
    route('HTTPRoute', 'two', { hostnames: ['www.example.com'], rules: rules('b', '/long') }),
    route('HTTPRoute', 'three', { rules: rules('c', '/') }),
  );
  expect(reaches(cluster, { host: 'www.example.com', path: '/long/path' })).toBe('b');
  expect(reaches(cluster, { host: 'x.example.com', path: '/long/path' })).toBe('a');
  // a more specific hostname whose rules do not match leaves the request to the next
  expect(reaches(cluster, { host: 'www.example.com', path: '/' })).toBe('c');
  expect(reaches(cluster, { host: 'example.com', path: '/long/path' })).toBe('c');
});

const segment = fc.constantFrom('', '/a', '/a/b', '/b');
const naiveRule: fc.Arbitrary<NaiveRule> = fc.record({
  hostname: fc.constantFrom(undefined, 'x.y', '*.y', '*.x.y'),
  exact: fc.boolean(),
  path: segment.map((path) => path || '/'),
  method: fc.constantFrom(undefined, 'GET', 'POST'),
  headers: fc.subarray(['h', 'i']),
  query: fc.subarray(['p', 'q']),
});
const line = fc.record({
  host: fc.constantFrom('x.y', 'w.x.y', 'y', 'z.y'),
  path: fc
    .tuple(segment, fc.constantFrom('', '/', '/c', '?p=1', '?q=1&p=1'))
    .map(([path, rest]) => `${path || '/'}${rest}`),
  method: fc.constantFrom('GET', 'POST'),
  headers: fc.constantFrom({}, { h: '1' }, { H: '1', i: '1' }),
});

test('agrees with a second, naive evaluator, whatever the order of the objects', () => {
  fc.assert(
    fc.property(fc.array(naiveRule, { maxLength: 6 }), line, fc.nat(), (rules, request, seed) => {
      const routes = rules.map((rule, index) =>
        route('HTTPRoute', `r${index}`, {
          ...(rule.hostname === undefined ? {} : { hostnames: [rule.hostname] }),
          rules: [
            {
              matches: [
                {
                  path: { type: rule.exact ? 'Exact' : 'PathPrefix', value: rule.path },
                  ...(rule.method === undefined ? {} : { method: rule.method }),
                  headers: rule.headers.map((name) => ({ name, value: '1' })),
                  queryParams: rule.query.map((name) => ({ name, value: '1' })),
                },
              ],
              backendRefs: [to('a')],
            },
          ],
        }),
      );
      const shift = routes.length === 0 ? 0 : seed % routes.length;
      const cluster = routing(gateway([{}]), ...routes.slice(shift), ...routes.slice(0, shift).reverse());
      const expected = naiveRoute(rules, request);
      expect(ask(cluster, request).route?.name).toBe(expected === undefined ? undefined : `r${expected}`);
    }),
    { numRuns: 300 },
  );
});
