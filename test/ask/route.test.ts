import { describe, expect, test } from 'vitest';
import { ask, askOne } from './ask.ts';

const SHOP = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {namespace: infra, name: edge}
spec:
  gatewayClassName: any
  listeners:
    - {name: web, port: 80, protocol: HTTP}
    - {name: api, port: 8080, protocol: HTTP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: infra, name: shop}
spec:
  parentRefs: [{name: edge}]
  rules:
    - matches: [{path: {value: /cart}}]
      backendRefs: [{name: cart, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {namespace: infra, name: broken}
spec:
  parentRefs: [{name: edge}]
  rules: [{matches: [{path: {value: cart}}]}]
---
apiVersion: v1
kind: Service
metadata: {namespace: infra, name: cart}
spec: {ports: [{port: 80}]}
`;

const ROUTE = { type: 'route', gateway: 'infra/edge', port: 80 };

test('a route question is answered with where the request goes, and why', async () => {
  expect(
    await askOne(SHOP, { id: 'q', ...ROUTE, request: { path: '/cart/1', host: 'shop.example' } }),
  ).toEqual({
    id: 'q',
    status: 200,
    backends: [{ group: '', kind: 'Service', namespace: 'infra', name: 'cart', port: 80, weight: 1 }],
    listener: { kind: 'Gateway', namespace: 'infra', name: 'edge', sectionName: 'web' },
    route: { kind: 'HTTPRoute', namespace: 'infra', name: 'shop' },
    rule: 0,
    match: 0,
    request: { method: 'GET', path: '/cart/1', host: 'shop.example', headers: {} },
    responseHeaders: {},
    ignored: [
      {
        kind: 'HTTPRoute',
        namespace: 'infra',
        name: 'broken',
        reason: 'rules[0]: path cart is not an absolute path in canonical form',
      },
    ],
  });
});

test('a question changes the input for itself alone', async () => {
  const question = { ...ROUTE, request: { path: '/cart' } };
  const without = [{ kind: 'Service', namespace: 'infra', name: 'cart' }];
  const answers = await ask(SHOP, [question, { ...question, without }, question]);
  expect(answers.map(({ status }) => status)).toEqual([200, 500, 200]);
});

test('the port is that of the host, or the only one, or the usual one, where none is given', async () => {
  const question = (host: string) => ({
    type: 'route',
    gateway: 'infra/edge',
    request: { path: '/cart', host },
  });
  const answers = await ask(SHOP, [question('x.y:8080'), question('x.y')]);
  expect(answers.map(({ listener }) => (listener as { sectionName: string }).sectionName)).toEqual([
    'api',
    'web',
  ]);
});

test('a Service is asked from a client inside the mesh', async () => {
  const question = { type: 'route', service: 'infra/cart', request: { path: '/' } };
  const answers = await ask(SHOP, [
    { ...question, from: { pod: 'infra/client' } },
    { ...question, from: { workload: 'infra/Deployment/client' } },
    { ...question, from: { namespace: 'infra', labels: {} } },
    { ...question, from: 'infra/client' },
    { ...question, from: { ip: '192.0.2.1' } },
    question,
  ]);
  expect(answers.map(({ status, error }) => status ?? error?.code)).toEqual([
    200,
    200,
    200,
    200,
    'malformed',
    'malformed',
  ]);
});

test('Ingresses are asked by their class', async () => {
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'infra', name: 'i' },
    spec: {
      ingressClassName: 'web',
      defaultBackend: { service: { name: 'cart', port: { number: 80 } } },
    },
  };
  const question = { type: 'route', ingressClass: 'web', with: [ingress], request: { path: '/x' } };
  expect(await askOne(SHOP, question)).toMatchObject({ status: 200, backends: [{ name: 'cart', port: 80 }] });
  expect(await askOne(SHOP, { ...question, ingressClass: 'other' })).toMatchObject({ status: 404 });
});

describe('a route question fails', () => {
  test.each([
    ['without gateway or service', { type: 'route' }, 'malformed'],
    ['with both', { type: 'route', gateway: 'a/b', service: 'c/d' }, 'malformed'],
    ['for a Gateway that is not there', { ...ROUTE, gateway: 'infra/other' }, 'not-found'],
    ['for a name without namespace', { ...ROUTE, gateway: 'edge' }, 'malformed'],
    ['for a path without slash', { ...ROUTE, request: { path: 'x' } }, 'malformed'],
    ['for an unknown field of the request', { ...ROUTE, request: { pth: '/x' } }, 'malformed'],
    ['for no port number', { ...ROUTE, port: 0 }, 'malformed'],
  ])('%s', async (_, question, code) => {
    expect((await askOne(SHOP, question)).error?.code).toBe(code);
  });
});

describe('route-status', () => {
  test('of a route has one entry a parent', async () => {
    expect(await askOne(SHOP, { id: 's', type: 'route-status', object: 'infra/HTTPRoute/shop' })).toEqual({
      id: 's',
      parents: [
        {
          group: 'gateway.networking.k8s.io',
          kind: 'Gateway',
          namespace: 'infra',
          name: 'edge',
          accepted: true,
          acceptedReason: 'Accepted',
          resolvedRefs: true,
          resolvedRefsReason: 'ResolvedRefs',
        },
      ],
    });
  });
  test('of a route that is refused says why', async () => {
    const object = { kind: 'HTTPRoute', namespace: 'infra', name: 'broken' };
    expect(await askOne(SHOP, { type: 'route-status', object })).toMatchObject({
      parents: [{ accepted: false, acceptedReason: 'UnsupportedValue' }],
      ignored: [{ name: 'broken' }],
    });
  });
  test('of a Gateway has its listeners', async () => {
    const object = { kind: 'Gateway', namespace: 'infra', name: 'edge' };
    expect(await askOne(SHOP, { type: 'route-status', object })).toMatchObject({
      accepted: true,
      listeners: [
        { name: 'web', attachedRoutes: 1 },
        { name: 'api', attachedRoutes: 1 },
      ],
    });
  });
  test('fails for objects that have none', async () => {
    const object = { kind: 'Service', namespace: 'infra', name: 'cart' };
    expect((await askOne(SHOP, { type: 'route-status', object })).error?.code).toBe('unsupported');
  });
});
