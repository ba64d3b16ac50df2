import { describe, expect, test } from 'vitest';
import { ask, gateway, reaches, route, routing, to } from './cluster.ts';

/** A cluster whose only route has one rule for backend a. */
function matching(...matches: readonly object[]) {
  return routing(gateway([{}]), route('HTTPRoute', 'r', { rules: [{ matches, backendRefs: [to('a')] }] }));
}

describe('a path prefix', () => {
  const cluster = matching({ path: { type: 'PathPrefix', value: '/abc/' } });
  test.each([
    ['/abc', 'a'],
    ['/abc/', 'a'],
    ['/abc/def?x=1', 'a'],
    ['/abcd', 404],
    ['/ABC', 404],
    ['/', 404],
  ])('/abc/ and %s: %s', (path, expected) => {
    expect(reaches(cluster, { path })).toBe(expected);
  });
});

describe('an exact path', () => {
  const cluster = matching({ path: { type: 'Exact', value: '/abc' } });
  test.each([
    ['/abc', 'a'],
    ['/abc?x=1', 'a'],
    ['/abc/', 404],
    ['/Abc', 404],
    ['/abcd', 404],
  ])('/abc and %s: %s', (path, expected) => {
    expect(reaches(cluster, { path })).toBe(expected);
  });
});

describe('a regular expression', () => {
  test('matches the whole path, without the query', () => {
    const cluster = matching({ path: { type: 'RegularExpression', value: '/v[0-9]+/.*' } });
    expect(reaches(cluster, { path: '/v12/x?y=1' })).toBe('a');
    expect(reaches(cluster, { path: '/x/v12/x' })).toBe(404);
  });

  test('matches whole header and query values', () => {
    const cluster = matching({
      headers: [{ type: 'RegularExpression', name: 'Version', value: 'v[12]' }],
      queryParams: [{ type: 'RegularExpression', name: 'q', value: 'a|b' }],
    });
    expect(reaches(cluster, { path: '/?q=b', headers: { version: 'v2' } })).toBe('a');
    expect(reaches(cluster, { path: '/?q=ab', headers: { version: 'v2' } })).toBe(404);
    expect(reaches(cluster, { path: '/?q=b', headers: { version: 'v23' } })).toBe(404);
  });

  test('answers at once where a backtracking engine would not', () => {
    const cluster = matching({ path: { type: 'RegularExpression', value: '/(a+)+b' } });
    expect(reaches(cluster, { path: `/${'a'.repeat(5000)}` })).toBe(404);
  });
});

describe('headers', () => {
  test('are all needed; names in any case, values as they are', () => {
    const cluster = matching({
      headers: [
        { name: 'Version', value: 'one' },
        { name: 'Color', value: 'blue' },
      ],
    });
    expect(reaches(cluster, { headers: { VERSION: 'one', color: 'blue' } })).toBe('a');
    expect(reaches(cluster, { headers: { version: 'one' } })).toBe(404);
    expect(reaches(cluster, { headers: { version: 'One', color: 'blue' } })).toBe(404);
  });

  test('of one name count once: the first', () => {
    const cluster = matching({
      headers: [
        { name: 'Version', value: 'one' },
        { name: 'version', value: 'two' },
      ],
    });
    expect(reaches(cluster, { headers: { version: 'one' } })).toBe('a');
    expect(reaches(cluster, { headers: { version: 'two' } })).toBe(404);
  });

  test('sent several times are one, joined by commas', () => {
    const cluster = matching({ headers: [{ name: 'x', value: '1,2' }] });
    expect(reaches(cluster, { headers: { x: ['1', '2'] } })).toBe('a');
  });
});

describe('query parameters', () => {
  const cluster = matching({ queryParams: [{ name: 'animal', value: 'whale' }] });
  test.each([
    ['/?animal=whale', 'a'],
    ['/?other=1&animal=whale', 'a'],
    ['/?animal=whale&animal=dog', 'a'],
    ['/?animal=dog&animal=whale', 404],
    ['/?ANIMAL=whale', 404],
    ['/?animal=Whale', 404],
    ['/', 404],
  ])('animal=whale and %s: %s', (path, expected) => {
    expect(reaches(cluster, { path })).toBe(expected);
  });
});

test('a method matches in its own case only', () => {
  const cluster = matching({ method: 'POST' });
  expect(reaches(cluster, { method: 'POST' })).toBe('a');
  expect(reaches(cluster, {})).toBe(404);
});

test('matches are alternatives, their parts are not', () => {
  const cluster = matching(
    { path: { value: '/foo' }, headers: [{ name: 'version', value: 'v2' }] },
    { path: { value: '/v2/foo' } },
  );
  expect(reaches(cluster, { path: '/foo' })).toBe(404);
  expect(reaches(cluster, { path: '/foo', headers: { version: 'v2' } })).toBe('a');
  expect(ask(cluster, { path: '/v2/foo' })).toMatchObject({ rule: 0, match: 1 });
});

test('a route without rules takes everything and forwards nothing, a GRPCRoute takes nothing', () => {
  expect(reaches(routing(gateway([{}]), route('HTTPRoute', 'r', {})), {})).toBe(500);
  const call = { grpc: { service: 's', method: 'm' } };
  expect(ask(routing(gateway([{}]), route('GRPCRoute', 'r', {})), call)).toMatchObject({
    status: 404,
    grpcStatus: 12,
  });
});

test('a rule without matches takes everything', () => {
  expect(reaches(matching(), { path: '/any/thing', method: 'DELETE' })).toBe('a');
});

describe('a gRPC method', () => {
  const grpc = (method: object | undefined) =>
    routing(
      gateway([{}]),
      route('GRPCRoute', 'r', {
        rules: [{ ...(method && { matches: [{ method }] }), backendRefs: [to('a')] }],
      }),
    );
  const call = { grpc: { service: 'shop.Cart', method: 'Add' } };
  test.each([
    [undefined, 0],
    [{ service: 'shop.Cart', method: 'Add' }, 0],
    [{ service: 'shop.Cart' }, 0],
    [{ method: 'Add' }, 0],
    [{ service: 'shop', method: 'Add' }, 12],
    [{ service: 'shop.Cart', method: 'add' }, 12],
    [{ type: 'RegularExpression', service: 'shop\\..*', method: 'A.*' }, 0],
    [{ type: 'RegularExpression', service: 'shop' }, 12],
  ])('matched by %j: status %s', (method, expected) => {
    expect(ask(grpc(method), call).grpcStatus).toBe(expected);
  });

  test('is nothing that a request of another kind has', () => {
    expect(reaches(grpc(undefined), { path: '/shop.Cart/Add', method: 'POST' })).toBe(404);
    expect(
      reaches(grpc(undefined), {
        path: '/shop.Cart/Add',
        headers: { 'content-type': 'application/grpc+proto' },
      }),
    ).toBe('a');
  });

  test('without a backend is unavailable', () => {
    const cluster = routing(
      gateway([{}]),
      route('GRPCRoute', 'r', { rules: [{ backendRefs: [to('nowhere')] }] }),
    );
    expect(ask(cluster, call)).toMatchObject({ status: 500, grpcStatus: 14 });
  });
});
