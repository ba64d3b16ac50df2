import { describe, expect, test } from 'vitest';
import { type Routing, routeStatus } from '../../../analysis/routes/index.ts';
import { gateway, listenerSet, namespace, reaches, route, routing, to } from './cluster.ts';

const API = 'gateway.networking.k8s.io';

function status(cluster: Routing, name = 'r', space = 'infra', kind = 'HTTPRoute') {
  const object = cluster.inventory.find(API, kind, space, name);
  const found = object === undefined ? undefined : cluster.routeOf(object);
  if (found === undefined) throw new Error('there is no such route');
  return routeStatus(cluster, found);
}

const rules = [{ backendRefs: [to('a')] }];

/** Why a route with these fields is or is not accepted by a Gateway with these listeners. */
function reason(
  listeners: readonly object[],
  spec: object,
  metadata = {},
  ...more: Readonly<Record<string, unknown>>[]
) {
  const cluster = routing(
    gateway(listeners as never),
    route('HTTPRoute', 'r', { rules, ...spec }, metadata),
    ...more,
  );
  const space = (metadata as { namespace?: string }).namespace;
  return status(cluster, 'r', space)[0]?.acceptedReason;
}

describe('a route is accepted', () => {
  test('by a Gateway that it names', () => {
    expect(reason([{}], {})).toBe('Accepted');
  });
  test('fails for a Gateway that is not there', () => {
    expect(reason([{}], { parentRefs: [{ name: 'other' }] })).toBe('NoMatchingParent');
  });
  test('in its own namespace, where the parent names none', () => {
    expect(reason([{}], { parentRefs: [{ name: 'edge' }] }, { namespace: 'infra' })).toBe('Accepted');
    expect(reason([{}], { parentRefs: [{ name: 'edge' }] }, { namespace: 'shop' })).toBe('NoMatchingParent');
  });
  test.each([
    [{ sectionName: 'l0' }, 'Accepted'],
    [{ sectionName: 'l1' }, 'NoMatchingParent'],
    [{ port: 80 }, 'Accepted'],
    [{ port: 81 }, 'NoMatchingParent'],
    [{ sectionName: 'l0', port: 81 }, 'NoMatchingParent'],
  ])('by the listener it asks for with %j: %s', (parent, expected) => {
    expect(reason([{}], { parentRefs: [{ name: 'edge', ...parent }] })).toBe(expected);
  });
  test('by listeners of its own namespace, unless they say otherwise', () => {
    expect(reason([{}], {}, { namespace: 'shop' })).toBe('NotAllowedByListeners');
    expect(reason([{ allowedRoutes: { namespaces: { from: 'All' } } }], {}, { namespace: 'shop' })).toBe(
      'Accepted',
    );
    expect(reason([{ allowedRoutes: { namespaces: { from: 'Same' } } }], {}, { namespace: 'shop' })).toBe(
      'NotAllowedByListeners',
    );
  });
  test('by listeners that select its namespace', () => {
    const listener = {
      allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'shop' } } } },
    };
    const shop = namespace('shop', { team: 'shop' });
    expect(reason([listener], {}, { namespace: 'shop' }, shop)).toBe('Accepted');
    expect(reason([listener], {}, { namespace: 'shop' })).toBe('NotAllowedByListeners');
  });
  test('by listeners that take its kind', () => {
    expect(reason([{ protocol: 'TLS', tls: { mode: 'Passthrough' } }], {})).toBe('NotAllowedByListeners');
    expect(reason([{ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } }], {})).toBe('NotAllowedByListeners');
    expect(reason([{ allowedRoutes: { kinds: [{ kind: 'HTTPRoute' }] } }], {})).toBe('Accepted');
    expect(reason([{ allowedRoutes: { kinds: [{ kind: 'HTTPRoute', group: 'other' }] } }], {})).toBe(
      'NotAllowedByListeners',
    );
  });
  test('by listeners whose hostname intersects with one of its own', () => {
    const hostnames = ['x.org', '*.example.com'];
    expect(reason([{ hostname: 'www.example.com' }], { hostnames })).toBe('Accepted');
    expect(reason([{ hostname: 'example.com' }], { hostnames })).toBe('NoMatchingListenerHostname');
    expect(reason([{ hostname: 'WWW.Example.com' }], { hostnames })).toBe('Accepted');
  });
});

test('hostnames of a route that do not match the listener are not considered', () => {
  const cluster = routing(
    gateway([{ hostname: '*.example.com' }]),
    route('HTTPRoute', 'r', { hostnames: ['www.example.com', 'www.example.net'], rules }),
  );
  expect(reaches(cluster, { host: 'www.example.com' })).toBe('a');
  expect(reaches(cluster, { host: 'www.example.net' })).toBe(404);
  expect(reaches(cluster, { host: 'other.example.com' })).toBe(404);
});

test('a route without hostnames takes those of the listener', () => {
  const cluster = routing(gateway([{ hostname: '*.example.com' }]), route('HTTPRoute', 'r', { rules }));
  expect(reaches(cluster, { host: 'any.example.com:8080' })).toBe('a');
  expect(reaches(cluster, { host: 'example.com' })).toBe(404);
});

describe('ListenerSets', () => {
  const edge = (from: string) =>
    gateway([{ hostname: 'gw.com' }], { allowedListeners: { namespaces: { from } } });
  const set = listenerSet('infra', 'extra', [{ name: 'x', hostname: 'set.com' }]);
  const parents = (sectionName?: string) => ({
    rules,
    parentRefs: [{ kind: 'ListenerSet', name: 'extra', ...(sectionName && { sectionName }) }],
  });

  test('add listeners to a Gateway that allows it', () => {
    const cluster = routing(edge('Same'), set, route('HTTPRoute', 'r', parents()));
    expect(reaches(cluster, { host: 'set.com' })).toBe('a');
    expect(reaches(cluster, { host: 'gw.com' })).toBe(404);
  });
  test('add none to a Gateway that does not', () => {
    const closed = routing(gateway([{ hostname: 'gw.com' }]), set, route('HTTPRoute', 'r', parents()));
    expect(reaches(closed, { host: 'set.com' })).toBe(404);
    expect(status(closed)[0]?.accepted).toBe(false);
    const elsewhere = routing(edge('Same'), listenerSet('shop', 'extra', [{ hostname: 'set.com' }]));
    expect(reaches(elsewhere, { host: 'set.com' })).toBe(404);
  });
  test('are parents of their own: a section of theirs is none of the Gateway', () => {
    const own = { rules, parentRefs: [{ name: 'edge', sectionName: 'x' }] };
    expect(status(routing(edge('All'), set, route('HTTPRoute', 'r', own)))[0]?.acceptedReason).toBe(
      'NoMatchingParent',
    );
    const whole = routing(edge('All'), set, route('HTTPRoute', 'r', { rules }));
    expect(reaches(whole, { host: 'gw.com' })).toBe('a');
    expect(reaches(whole, { host: 'set.com' })).toBe(404);
  });
});

describe('references of a route', () => {
  const resolved = (backend: object, ...more: Readonly<Record<string, unknown>>[]) =>
    status(
      routing(gateway([{}]), route('HTTPRoute', 'r', { rules: [{ backendRefs: [backend] }] }), ...more),
    )[0]?.resolvedRefsReason;

  test('resolve where the Service and its port are there', () => {
    expect(resolved(to('a'))).toBe('ResolvedRefs');
    expect(resolved(to('nowhere'))).toBe('BackendNotFound');
    expect(resolved({ name: 'a', port: 81 })).toBe('BackendNotFound');
  });
  test('fail for a kind that is no backend', () => {
    expect(resolved({ group: 'x.example', kind: 'Thing', name: 'a' })).toBe('InvalidKind');
    expect(resolved({ kind: 'ConfigMap', name: 'a' })).toBe('InvalidKind');
  });
  test('resolve whether or not the route is accepted', () => {
    const cluster = routing(
      gateway([{ hostname: 'x.y' }]),
      route('HTTPRoute', 'r', { hostnames: ['a.b'], rules }),
    );
    expect(status(cluster)).toMatchObject([{ accepted: false, resolvedRefs: true }]);
  });
  test('of mirrors count as well', () => {
    const filters = [{ type: 'RequestMirror', requestMirror: { backendRef: to('nowhere') } }];
    const cluster = routing(
      gateway([{}]),
      route('HTTPRoute', 'r', { rules: [{ filters, backendRefs: [to('a')] }] }),
    );
    expect(status(cluster)).toMatchObject([{ accepted: true, resolvedRefsReason: 'BackendNotFound' }]);
    expect(reaches(cluster, {})).toBe('a');
  });
});
