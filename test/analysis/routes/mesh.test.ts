import { describe, expect, test } from 'vitest';
import {
  isUnknown,
  type RequestLine,
  routeMeshRequest,
  routeStatus,
} from '../../../analysis/routes/index.ts';
import { route, routing, to } from './cluster.ts';

type Objects = readonly Readonly<Record<string, unknown>>[];

/** What becomes of a request to the Service `infra/a`. */
function send(objects: Objects, line: RequestLine = {}, client = 'infra', port = 80) {
  const cluster = routing(...objects);
  const service = cluster.inventory.find('', 'Service', 'infra', 'a');
  if (service === undefined) throw new Error('there is no Service');
  const answer = routeMeshRequest(cluster, service, port, client, line);
  if (isUnknown(answer)) throw new Error(answer.unknown);
  return answer;
}

const names = (...sent: Parameters<typeof send>) => send(...sent).backends.map(({ name }) => name);

/** A route of the Service `infra/a`. */
function meshRoute(name: string, rule: object, namespace = 'infra', parent = {}, more = {}) {
  const parentRefs = [{ group: '', kind: 'Service', name: 'a', namespace: 'infra', ...parent }];
  return route('HTTPRoute', name, { parentRefs, rules: [rule], ...more }, { namespace });
}

const toB = { backendRefs: [to('b', { namespace: 'infra' })] };

test('a Service without routes gets the request itself', () => {
  expect(send([], { path: '/x' })).toMatchObject({
    status: 200,
    backends: [{ kind: 'Service', namespace: 'infra', name: 'a', port: 80, weight: 1 }],
    request: { path: '/x' },
  });
});

test('a Service with routes of which none matches answers 404', () => {
  const objects = [meshRoute('r', { ...toB, matches: [{ path: { type: 'Exact', value: '/v1' } }] })];
  expect(names(objects, { path: '/v1' })).toEqual(['b']);
  expect(send(objects, { path: '/v2' })).toMatchObject({ status: 404, backends: [] });
});

test('a producer route is for clients of every namespace', () => {
  expect(names([meshRoute('r', toB)], {}, 'elsewhere')).toEqual(['b']);
});

describe('a consumer route', () => {
  test('is for clients of its own namespace alone', () => {
    const objects = [meshRoute('r', toB, 'client')];
    expect(names(objects, {}, 'client')).toEqual(['b']);
    expect(names(objects, {}, 'infra')).toEqual(['a']);
    expect(names(objects, {}, 'other')).toEqual(['a']);
  });
  test('takes the place of producer routes', () => {
    const producer = meshRoute('p', {
      backendRefs: [to('c')],
      matches: [{ path: { type: 'Exact', value: '/' } }],
    });
    const objects = [producer, meshRoute('r', toB, 'client')];
    expect(names(objects, {}, 'client')).toEqual(['b']);
    expect(names(objects, {}, 'other')).toEqual(['c']);
  });
});

test('hostnames of the route say nothing', () => {
  expect(names([meshRoute('r', toB, 'infra', {}, { hostnames: ['x.y'] })], { host: 'a' })).toEqual(['b']);
});

test('a port of the parent limits the route to that port', () => {
  const objects = [meshRoute('r', toB, 'infra', { port: 80 })];
  expect(names(objects, {}, 'infra', 80)).toEqual(['b']);
  expect(names(objects, {}, 'infra', 8080)).toEqual(['a']);
});

test('a route is accepted by a Service that is there', () => {
  const cluster = routing(meshRoute('r', toB), meshRoute('s', toB, 'infra', { name: 'nowhere' }));
  const reasons = cluster.inventory.ofKind('HTTPRoute').map((object) => {
    const found = cluster.routeOf(object);
    return found && routeStatus(cluster, found)[0]?.acceptedReason;
  });
  expect(reasons).toEqual(['Accepted', 'NoMatchingParent']);
});
