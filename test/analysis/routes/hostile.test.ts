import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  gatewayStatus,
  type RequestLine,
  routeMeshRequest,
  routeRequest,
  routeStatus,
} from '../../../analysis/routes/index.ts';
import { gateway, route, routing, to } from './cluster.ts';

const json = fc.jsonValue({ maxDepth: 2, noUnicodeString: false });

/** A value of the right shape, with anything in one of its places. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.oneof({ weight: 9, arbitrary: fc.tuple(...value.map(spoilt)) }, json);
  if (typeof value !== 'object' || value === null)
    return fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, json);
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, spoilt(field)]));
  return fc.oneof({ weight: 9, arbitrary: fc.record(fields, { requiredKeys: [] }) }, json);
}

const listeners = [
  {
    hostname: '*.example.com',
    allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } } },
  },
  {
    protocol: 'HTTPS',
    port: 443,
    tls: { mode: 'Terminate', certificateRefs: [{ name: 'x', namespace: 'y' }] },
  },
];
const filters = [
  {
    type: 'URLRewrite',
    urlRewrite: { hostname: 'x', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
  },
  {
    type: 'RequestHeaderModifier',
    requestHeaderModifier: { set: [{ name: 'a', value: 'b' }], remove: ['c'] },
  },
  { type: 'CORS', cors: { allowOrigins: ['https://*.x'], allowMethods: ['*'], maxAge: 1 } },
  { type: 'RequestMirror', requestMirror: { backendRef: to('b'), fraction: { numerator: 1 } } },
];
const matches = [
  {
    path: { type: 'PathPrefix', value: '/' },
    headers: [{ type: 'RegularExpression', name: 'a', value: '.*' }],
  },
];
const spec = {
  parentRefs: [{ name: 'edge', namespace: 'infra', sectionName: 'l0', port: 80 }],
  hostnames: ['www.example.com'],
  rules: [{ matches, filters, backendRefs: [to('a', { weight: 2, filters: filters.slice(0, 2) })] }],
};
const line: fc.Arbitrary<RequestLine> = fc.record({
  path: fc.oneof(fc.webPath(), fc.string()),
  host: fc.oneof(fc.constant('www.example.com'), fc.string()),
  headers: fc.dictionary(fc.constantFrom('a', 'origin', '__proto__', 'constructor'), fc.string()),
});

test('answers or refuses whatever stands in the objects and the request', () => {
  fc.assert(
    fc.property(fc.tuple(...listeners.map(spoilt)), spoilt(spec), line, (broken, wrong, request) => {
      const cluster = routing(
        { ...gateway(listeners), spec: { listeners: broken } },
        { ...route('HTTPRoute', 'h', {}), spec: wrong },
        { ...route('GRPCRoute', 'g', {}), spec: wrong },
        { ...route('TLSRoute', 't', {}), spec: wrong },
      );
      const [edge] = cluster.inventory.ofKind('Gateway');
      const [service] = cluster.inventory.ofKind('Service');
      if (edge === undefined || service === undefined) throw new Error('the objects are not there');
      for (const port of [80, 443]) expect(routeRequest(cluster, edge, port, request)).toBeTypeOf('object');
      expect(routeMeshRequest(cluster, service, 80, 'infra', request)).toBeTypeOf('object');
      expect(gatewayStatus(cluster, edge)).toBeTypeOf('object');
      for (const object of cluster.inventory.ofKind('HTTPRoute')) {
        const found = cluster.routeOf(object);
        if (found !== undefined) expect(routeStatus(cluster, found)).toBeTypeOf('object');
      }
    }),
    { numRuns: 300 },
  );
});
