import { describe, expect, test } from 'vitest';
import { routeRequest } from '../../../analysis/routes/index.ts';
import { ask, gateway, grant, reaches, route, routing, service, to } from './cluster.ts';

/** A cluster whose only rule has these fields. */
function rule(fields: object, ...more: Readonly<Record<string, unknown>>[]) {
  return routing(gateway([{}]), route('HTTPRoute', 'r', { rules: [fields] }), ...more);
}

function filtered(filters: readonly object[], match = '/') {
  return rule({ matches: [{ path: { value: match } }], filters, backendRefs: [to('a')] });
}

describe('backends', () => {
  test('have weight 1 where none is given, and those of weight 0 get nothing', () => {
    const cluster = rule({ backendRefs: [to('a'), to('b', { weight: 3 }), to('c', { weight: 0 })] });
    expect(ask(cluster, {}).backends).toEqual([
      { group: '', kind: 'Service', namespace: 'infra', name: 'a', port: 80, weight: 1 },
      { group: '', kind: 'Service', namespace: 'infra', name: 'b', port: 80, weight: 3 },
    ]);
  });
  test.each([
    ['missing', {}],
    ['empty', { backendRefs: [] }],
    ['all of weight 0', { backendRefs: [to('a', { weight: 0 })] }],
    ['Services that are not there', { backendRefs: [to('nowhere')] }],
    ['of a kind that is none', { backendRefs: [to('a', { group: 'x.example', kind: 'Thing' })] }],
    ['in another namespace without a grant', { backendRefs: [to('shop', { namespace: 'shop' })] }],
  ])('%s: 500', (_, fields) => {
    expect(ask(rule(fields, service('shop', 'shop')), {})).toMatchObject({ status: 500, backends: [] });
  });
  test('that cannot be reached fail for their share alone', () => {
    expect(ask(rule({ backendRefs: [to('a'), to('nowhere', { weight: 2 })] }), {})).toMatchObject({
      status: 200,
      backends: [{ name: 'a', weight: 1 }],
      failing: [{ name: 'nowhere', weight: 2, status: 500, reason: 'BackendNotFound' }],
    });
  });
});

describe('a backend in another namespace', () => {
  const backend = { backendRefs: [to('shop', { namespace: 'shop' })] };
  const from = { kind: 'HTTPRoute', namespace: 'infra' };
  test.each([
    ['allows the kind', from, { kind: 'Service' }, 'shop'],
    ['allows the name', from, { kind: 'Service', name: 'shop' }, 'shop'],
    ['allows another name', from, { kind: 'Service', name: 'other' }, 500],
    ['is for another kind of route', { ...from, kind: 'GRPCRoute' }, { kind: 'Service' }, 500],
    ['is for another namespace', { ...from, namespace: 'other' }, { kind: 'Service' }, 500],
    ['is for another group', { ...from, group: 'x' }, { kind: 'Service' }, 500],
    ['allows Secrets', from, { kind: 'Secret' }, 500],
  ])('with a ReferenceGrant that %s: %s', (_, source, target, expected) => {
    expect(reaches(rule(backend, service('shop', 'shop'), grant('shop', source, target)), {})).toBe(expected);
  });
  test('fails with a ReferenceGrant in the namespace of the route', () => {
    expect(
      reaches(rule(backend, service('shop', 'shop'), grant('infra', from, { kind: 'Service' })), {}),
    ).toBe(500);
  });
});

describe('TLS to a backend', () => {
  const policy = (name: string, validation: object, sectionName?: string, creationTimestamp?: string) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { namespace: 'infra', name, ...(creationTimestamp && { creationTimestamp }) },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'tls', ...(sectionName && { sectionName }) }],
      validation: { hostname: 'tls', ...validation },
    },
  });
  const bundle = (data: object) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'infra', name: 'ca' },
    data,
  });
  const good = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] };
  const bad = { caCertificateRefs: [{ group: 'x', kind: 'Y', name: 'ca' }] };
  const target = { ...service('tls'), spec: { ports: [{ name: 'https', port: 443 }] } };
  const sent = (...objects: Readonly<Record<string, unknown>>[]) =>
    reaches(rule({ backendRefs: [{ name: 'tls', port: 443 }] }, target, ...objects), {});

  test('works with an authority to hold certificates against', () => {
    expect(sent(policy('p', good), bundle({ 'ca.crt': 'a bundle' }))).toBe('tls');
    expect(sent(policy('p', { wellKnownCACertificates: 'System' }))).toBe('tls');
  });
  test('works with a ConfigMap that is not in the input: something else may make it', () => {
    expect(sent(policy('p', good))).toBe('tls');
  });
  test('fails where the ConfigMap holds none', () => {
    expect(sent(policy('p', good), bundle({}))).toBe(500);
  });
  test('fails where the reference is of another kind, and resolves all the same', () => {
    const cluster = rule({ backendRefs: [{ name: 'tls', port: 443 }] }, target, policy('p', bad));
    expect(ask(cluster, {})).toMatchObject({ status: 500, failing: [{ reason: 'NoValidCACertificate' }] });
  });
  test('follows the policy of the port, of several the oldest', () => {
    const system = { wellKnownCACertificates: 'System' };
    expect(sent(policy('p', bad), policy('q', system, 'https'))).toBe('tls');
    expect(sent(policy('p', system), policy('q', bad, 'other'))).toBe('tls');
    expect(
      sent(
        policy('p', bad, undefined, '2024-01-02T00:00:00Z'),
        policy('q', system, undefined, '2024-01-01T00:00:00Z'),
      ),
    ).toBe('tls');
  });
});

describe('a redirect', () => {
  const redirect = (settings: object, listener = {}, match = '/') =>
    routing(
      gateway([listener]),
      route('HTTPRoute', 'r', {
        rules: [
          {
            matches: [{ path: { value: match } }],
            filters: [{ type: 'RequestRedirect', requestRedirect: settings }],
          },
        ],
      }),
    );
  const http8080 = { port: 8080 };
  const https = { port: 443, protocol: 'HTTPS' };
  test.each([
    [{}, {}, 'http', 80, 'http://x.y/p?q=1'],
    [{ port: 8080 }, {}, 'http', 8080, 'http://x.y:8080/p?q=1'],
    [{ scheme: 'https' }, {}, 'https', 443, 'https://x.y/p?q=1'],
    [{ scheme: 'https', port: 8443 }, {}, 'https', 8443, 'https://x.y:8443/p?q=1'],
    [{}, http8080, 'http', 8080, 'http://x.y:8080/p?q=1'],
    [{ port: 80 }, http8080, 'http', 80, 'http://x.y/p?q=1'],
    [{ scheme: 'https' }, http8080, 'https', 443, 'https://x.y/p?q=1'],
    [{}, https, 'https', 443, 'https://x.y/p?q=1'],
    [{ scheme: 'http' }, https, 'http', 80, 'http://x.y/p?q=1'],
    [{ hostname: 'z.w' }, {}, 'http', 80, 'http://z.w/p?q=1'],
  ])('%j on %j goes to %s port %i', (settings, listener, scheme, port, location) => {
    const answer = ask(
      redirect(settings, listener),
      { path: '/p?q=1', host: 'x.y:1234' },
      { port: 80, ...listener }.port,
    );
    expect(answer).toMatchObject({
      status: 302,
      backends: [],
      redirect: { scheme, port, location, status: 302 },
    });
  });
  test('has the status that it asks for', () => {
    expect(ask(redirect({ statusCode: 308 }), {}).status).toBe(308);
  });
  test('replaces the path, whole or its prefix', () => {
    const full = { path: { type: 'ReplaceFullPath', replaceFullPath: '/new' } };
    expect(ask(redirect(full), { path: '/a/b' }).redirect?.path).toBe('/new');
    const prefix = { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } };
    expect(ask(redirect(prefix, {}, '/a'), { path: '/a/b?c' }).redirect?.path).toBe('/new/b?c');
  });
});

describe('what the backend sees', () => {
  test('is the request as sent, host and its port included', () => {
    const line = { path: '/x?y=1', host: 'A.b:81', headers: { 'X-One': '1' } };
    expect(ask(filtered([]), line).request).toEqual({
      method: 'GET',
      path: '/x?y=1',
      host: 'A.b:81',
      headers: { 'X-One': '1' },
    });
  });
  test('is rewritten in path and host', () => {
    const urlRewrite = {
      hostname: 'in.side',
      path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
    };
    const cluster = filtered([{ type: 'URLRewrite', urlRewrite }], '/strip');
    expect(ask(cluster, { path: '/strip/three?a=1', host: 'x.y' }).request).toMatchObject({
      path: '/three?a=1',
      host: 'in.side',
    });
    expect(ask(cluster, { path: '/strip' }).request?.path).toBe('/');
  });
  test('has headers set, added and removed, whatever the case of their names', () => {
    const requestHeaderModifier = {
      set: [{ name: 'X-Set', value: 'new' }],
      add: [
        { name: 'X-Add', value: 'more' },
        { name: 'X-New', value: 'first' },
      ],
      remove: ['x-REMOVE'],
    };
    const cluster = filtered([{ type: 'RequestHeaderModifier', requestHeaderModifier }]);
    const headers = { 'x-set': 'old', 'x-add': 'before', 'X-Remove': 'gone', Other: 'stays' };
    expect(ask(cluster, { headers }).request?.headers).toEqual({
      'X-Set': 'new',
      'X-Add': 'before,more',
      'X-New': 'first',
      Other: 'stays',
    });
  });
  test('may differ from backend to backend', () => {
    const own = (name: string) => ({
      filters: [
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'Backend', value: name }] } },
      ],
    });
    const both = rule({ backendRefs: [to('a', own('a')), to('b', own('b'))] });
    expect(ask(both, {}).backends.map(({ request }) => request?.headers)).toEqual([
      { Backend: 'a' },
      { Backend: 'b' },
    ]);
    expect(ask(rule({ backendRefs: [to('a', own('a'))] }), {}).request?.headers).toEqual({ Backend: 'a' });
  });
});

test('response headers are those that the route sets and adds', () => {
  const responseHeaderModifier = {
    set: [{ name: 'X-Set', value: '1' }],
    add: [{ name: 'X-Add', value: '2' }],
    remove: ['X-Gone'],
  };
  expect(ask(filtered([{ type: 'ResponseHeaderModifier', responseHeaderModifier }]), {})).toMatchObject({
    responseHeaders: { 'X-Set': '1', 'X-Add': '2' },
    removedResponseHeaders: ['x-gone'],
  });
});

test('mirrors get a copy and change nothing else; those that are not there are left out', () => {
  const mirror = (name: string, more = {}) => ({
    type: 'RequestMirror',
    requestMirror: { backendRef: to(name), ...more },
  });
  const cluster = filtered([
    mirror('b'),
    mirror('c', { percent: 20 }),
    mirror('c', { fraction: { numerator: 1, denominator: 8 } }),
    mirror('nowhere'),
  ]);
  const answer = ask(cluster, {});
  expect(answer.mirrors?.map(({ name, percent }) => [name, percent])).toEqual([
    ['b', 100],
    ['c', 20],
    ['c', 12.5],
  ]);
  expect(reaches(cluster, {})).toBe('a');
});

describe('CORS', () => {
  const cors = (settings: object) => filtered([{ type: 'CORS', cors: settings }]);
  const preflight = (origin: string, method = 'PUT', headers?: string) => ({
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      ...(headers && { 'Access-Control-Request-Headers': headers }),
    },
  });
  const settings = {
    allowOrigins: ['https://www.foo.com', 'https://*.bar.com'],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['x-1', 'x-2'],
    exposeHeaders: ['x-3'],
    allowCredentials: true,
    maxAge: 60,
  };
  test.each(['https://www.foo.com', 'https://a.b.bar.com', 'https://www.foo.com:443'])(
    'answers a preflight from %s',
    (origin) => {
      expect(ask(cors(settings), preflight(origin))).toMatchObject({
        status: 204,
        backends: [],
        responseHeaders: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'GET, PUT',
          'access-control-allow-headers': 'x-1, x-2',
          'access-control-expose-headers': 'x-3',
          'access-control-allow-credentials': 'true',
          'access-control-max-age': '60',
        },
      });
    },
  );
  test.each([
    'http://www.foo.com',
    'https://bar.com',
    'https://www.foo.com:8443',
    'https://evil.com',
    'null',
  ])('gives %s no headers', (origin) => {
    expect(ask(cors(settings), preflight(origin))).toMatchObject({ status: 204, responseHeaders: {} });
    expect(ask(cors(settings), { headers: { origin } })).toMatchObject({ status: 200, responseHeaders: {} });
  });
  test('lets other requests pass', () => {
    const answer = ask(cors(settings), { headers: { origin: 'https://www.foo.com' } });
    expect(answer).toMatchObject({
      status: 200,
      backends: [{ name: 'a' }],
      responseHeaders: { 'access-control-allow-origin': 'https://www.foo.com' },
    });
    expect(answer.responseHeaders).not.toHaveProperty('access-control-allow-methods');
  });
  test('allows what is asked for where everything is allowed', () => {
    const open = cors({ allowOrigins: ['*'], allowMethods: ['*'], allowHeaders: ['*'] });
    const { responseHeaders } = ask(open, preflight('https://any.org:12345', 'PATCH', 'a, b'));
    expect(responseHeaders).toEqual({
      'access-control-allow-origin': 'https://any.org:12345',
      'access-control-allow-methods': 'PATCH',
      'access-control-allow-headers': 'a, b',
      'access-control-max-age': '5',
    });
  });
});

test('what an implementation alone knows has no answer', () => {
  const cluster = filtered([{ type: 'ExtensionRef', extensionRef: { group: 'x', kind: 'Y', name: 'z' } }]);
  const edge = cluster.inventory.ofKind('Gateway')[0];
  expect(edge && routeRequest(cluster, edge, 80, {})).toEqual({
    unknown: 'what the filter ExtensionRef does is left to the implementation',
  });
});

describe('a route that the API server would refuse takes no part', () => {
  test.each([
    ['a relative path', { matches: [{ path: { value: 'x' } }] }],
    ['a path with empty segments', { matches: [{ path: { value: '/a//b' } }] }],
    ['a path that climbs', { matches: [{ path: { value: '/a/../b' } }] }],
    ['an unknown path type', { matches: [{ path: { type: 'Glob', value: '/a' } }] }],
    ['a regular expression that is none', { matches: [{ path: { type: 'RegularExpression', value: '(' } }] }],
    [
      'a look-ahead, which RE2 does not have',
      { matches: [{ path: { type: 'RegularExpression', value: '/(?=a)' } }] },
    ],
    ['an unknown method', { matches: [{ method: 'FETCH' }] }],
    ['an unknown filter', { filters: [{ type: 'Compress' }] }],
    ['a filter without settings', { filters: [{ type: 'URLRewrite' }] }],
    [
      'a filter twice',
      {
        filters: [
          { type: 'CORS', cors: {} },
          { type: 'CORS', cors: {} },
        ],
      },
    ],
    ['a redirect beside backends', { filters: [{ type: 'RequestRedirect', requestRedirect: {} }] }],
    [
      'a redirect to no web address',
      { backendRefs: [], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'constructor' } }] },
    ],
    [
      'a redirect that is none',
      { backendRefs: [], filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 200 } }] },
    ],
    ['a Service without a port', { backendRefs: [{ name: 'a' }] }],
    [
      'a prefix to replace where none matches',
      {
        matches: [{ path: { type: 'Exact', value: '/a' } }],
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
          },
        ],
      },
    ],
  ])('%s', (_, fields) => {
    const cluster = rule({ backendRefs: [to('a')], ...fields });
    const edge = cluster.inventory.ofKind('Gateway')[0];
    expect(reaches(cluster, { path: '/a' })).toBe(404);
    expect(edge && cluster.ignoredUnder(edge)).toMatchObject([
      { kind: 'HTTPRoute', namespace: 'infra', name: 'r' },
    ]);
  });
});
