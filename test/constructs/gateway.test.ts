import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  coversHostname,
  DefaultDomainCertificate,
  Deployment,
  externalSecret,
  Gateway,
  HttpRoute,
  type HttpRouteProps,
  type Listener,
  pathExact,
  pathPrefix,
  ReferenceGrant,
  type RouteFilter,
  redirect,
  requestHeaders,
  responseHeaders,
  rewritePath,
  rewritePrefix,
  Service,
} from '../../constructs/index.ts';
import { chart, http, server } from './support.ts';

const certificate = externalSecret('edge-tls', { keys: ['tls.crt', 'tls.key'], reason: 'made by a test' });
const https: Listener = { name: 'https', hostname: 'agents.example.org', certificate };

function parts(listeners: readonly [Listener, ...Listener[]] = [https]) {
  const scope = chart();
  const gateway = new Gateway(scope, 'gateway', { className: 'istio', listeners });
  const api = new Deployment(scope, 'api', { selector: { app: 'api' }, replicas: 1, containers: [server] });
  const service = new Service(scope, 'service', {
    name: 'api',
    pods: api,
    ports: [{ target: http, port: 80 }],
  });
  return { scope, gateway, backend: service.backend(http) };
}

function specOf(props: Partial<HttpRouteProps>, listeners?: readonly [Listener, ...Listener[]]) {
  const { scope, gateway, backend } = parts(listeners);
  return new HttpRoute(scope, 'route', { gateway, rules: [{ backends: [backend] }], ...props }).toJson().spec;
}

describe('Gateway', () => {
  test('ends TLS on port 443 for the routes of its namespace', () => {
    expect(parts().gateway.toJson().spec).toEqual({
      gatewayClassName: 'istio',
      listeners: [
        {
          name: 'https',
          hostname: 'agents.example.org',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'edge-tls' }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    });
  });

  test('listens without encryption only by its name', () => {
    const plain: Listener = {
      name: 'http',
      protocol: 'HTTP',
      hostname: 'agents.example.org',
      routesFrom: 'All',
    };
    expect(parts([https, plain]).gateway.toJson().spec.listeners[1]).toEqual({
      name: 'http',
      hostname: 'agents.example.org',
      port: 80,
      protocol: 'HTTP',
      allowedRoutes: { namespaces: { from: 'All' } },
    });
  });

  test('lets in the routes of labelled namespaces', () => {
    const listener: Listener = { ...https, routesFrom: { labels: { edge: 'yes' } } };
    expect(parts([listener]).gateway.toJson().spec.listeners[0]?.allowedRoutes).toEqual({
      namespaces: { from: 'Selector', selector: { matchLabels: { edge: 'yes' } } },
    });
  });

  test('stands for the pods that its controller runs', () => {
    expect(parts().gateway.podSelector).toEqual({ 'gateway.networking.k8s.io/gateway-name': 'gateway' });
  });

  test('fails for a host name that is none, and for two listeners of one name', () => {
    expect(() => parts([{ ...https, hostname: 'https://agents.example.org' }])).toThrow('is not a host name');
    expect(() => parts([https, https])).toThrow('platform/gateway: listener "https": is declared twice');
  });

  test('takes the Secret of a certificate of the default domain', () => {
    const cert = new DefaultDomainCertificate(chart(), 'cert', { secretName: 'edge-tls' });
    expect(cert.toJson()).toMatchObject({
      apiVersion: 'approuting.kubernetes.azure.com/v1alpha1',
      kind: 'DefaultDomainCertificate',
      spec: { target: { secret: 'edge-tls' } },
    });
    expect(cert.secret.name).toBe('edge-tls');
  });
});

describe('HttpRoute', () => {
  test('takes its host name from the Gateway and its backend from a Service', () => {
    expect(specOf({})).toEqual({
      parentRefs: [{ name: 'gateway' }],
      hostnames: ['agents.example.org'],
      rules: [{ backendRefs: [{ name: 'api', port: 80 }] }],
    });
  });

  test('matches by prefix, exact path, method and header', () => {
    const matches = [
      pathPrefix('/api'),
      pathExact('/health', { method: 'GET', headers: { 'x-probe': 'yes' } }),
    ];
    const { scope, gateway, backend } = parts();
    const route = new HttpRoute(scope, 'route', { gateway, rules: [{ matches, backends: [backend] }] });
    expect(route.toJson().spec.rules?.[0]?.matches).toEqual([
      { path: { type: 'PathPrefix', value: '/api' } },
      {
        path: { type: 'Exact', value: '/health' },
        method: 'GET',
        headers: [{ type: 'Exact', name: 'x-probe', value: 'yes' }],
      },
    ]);
  });

  test.each<[string, RouteFilter, unknown]>([
    [
      'a whole path',
      rewritePath('/healthz'),
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/healthz' } } },
    ],
    [
      'a prefix',
      rewritePrefix('/v2'),
      { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } },
    ],
    [
      'request headers',
      requestHeaders({ set: { a: '1' }, remove: ['b'] }),
      {
        type: 'RequestHeaderModifier',
        requestHeaderModifier: { set: [{ name: 'a', value: '1' }], remove: ['b'] },
      },
    ],
    [
      'response headers',
      responseHeaders({ add: { a: '1' } }),
      { type: 'ResponseHeaderModifier', responseHeaderModifier: { add: [{ name: 'a', value: '1' }] } },
    ],
  ])('changes %s', (_, filter, expected) => {
    const { backend } = parts();
    const rule = { matches: [pathPrefix('/v1')], filters: [filter], backends: [backend] };
    expect(specOf({ rules: [rule] }).rules?.[0]?.filters).toEqual([expected]);
  });

  test('redirects without a backend', () => {
    const rule = { filters: [redirect({ scheme: 'https', path: '/new', statusCode: 301 })] };
    expect(specOf({ rules: [rule] }).rules).toEqual([
      {
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              statusCode: 301,
              path: { type: 'ReplaceFullPath', replaceFullPath: '/new' },
            },
          },
        ],
      },
    ]);
  });

  test('names one listener, and shares requests by weight', () => {
    const { backend } = parts();
    const spec = specOf({
      listener: https,
      rules: [{ backends: [{ ...backend, weight: 9 }], timeout: '30s' }],
    });
    expect(spec.parentRefs).toEqual([{ name: 'gateway', sectionName: 'https' }]);
    expect(spec.rules).toEqual([
      { backendRefs: [{ name: 'api', port: 80, weight: 9 }], timeouts: { request: '30s' } },
    ]);
  });

  test('names the namespaces of a Gateway and a Service of another one', () => {
    const open: Listener = { ...https, routesFrom: 'All' };
    const { scope, gateway, backend } = parts([open]);
    const other = new Chart(scope, 'other', { namespace: 'team' });
    const route = new HttpRoute(other, 'route', { gateway, rules: [{ backends: [backend] }] });
    expect(route.toJson().spec).toMatchObject({
      parentRefs: [{ name: 'gateway', namespace: 'agents' }],
      rules: [{ backendRefs: [{ name: 'api', namespace: 'agents', port: 80 }] }],
    });
  });

  test('uses a Gateway that others run', () => {
    const listeners = [{ name: 'https', hostname: '*.example.org', routesFrom: 'All' }] as const;
    const gateway = { name: 'shared', namespace: 'edge', listeners };
    const spec = specOf({ gateway, hostnames: ['a.example.org'] });
    expect(spec).toMatchObject({
      parentRefs: [{ name: 'shared', namespace: 'edge' }],
      hostnames: ['a.example.org'],
    });
  });

  test('fails for a Gateway that takes no routes of its namespace', () => {
    const gateway = {
      name: 'shared',
      namespace: 'edge',
      listeners: [{ name: 'https', hostname: 'a.example.org' }],
    };
    expect(() => specOf({ gateway })).toThrow(
      'platform/route: gateway: Gateway shared takes routes of its own namespace edge only; set routesFrom on its listener',
    );
  });

  const wide: Listener = { ...https, hostname: '*.example.org' };
  test('takes a host name that a listener covers', () => {
    expect(specOf({ hostnames: ['a.example.org'] }, [wide]).hostnames).toEqual(['a.example.org']);
  });

  const { backend } = parts();
  test.each<[string, Partial<HttpRouteProps>, string]>([
    [
      'a foreign host name',
      { hostnames: ['a.example.com'] },
      'platform/route: hostnames: a.example.com is covered by no listener of gateway; the Gateway answers to: agents.example.org',
    ],
    [
      'a foreign listener',
      { listener: { ...https, name: 'other' } },
      'Gateway gateway has no such listener as other; its listeners: https',
    ],
    [
      'a path that is none',
      { rules: [{ matches: [pathPrefix('api')], backends: [backend] }] },
      'rules[0]: matches: "api" is no path that can be matched',
    ],
    [
      'requests that go nowhere',
      { rules: [{}] },
      'rules[0]: sends requests nowhere; name a backend, or redirect',
    ],
    [
      'a redirect with a backend',
      { rules: [{ filters: [redirect({})], backends: [backend] }] },
      'has a redirect and backends',
    ],
    ['a timeout that is none', { rules: [{ backends: [backend], timeout: '30' }] }, '"30" is no duration'],
    [
      'a path with a step back',
      { rules: [{ matches: [pathPrefix('/a/../b')], backends: [backend] }] },
      '"/a/../b" is no path',
    ],
    [
      'a path with an encoded slash',
      { rules: [{ matches: [pathExact('/a%2Fb')], backends: [backend] }] },
      '"/a%2Fb" is no path',
    ],
    [
      'a prefix replaced where none is matched',
      { rules: [{ matches: [pathExact('/a')], filters: [rewritePrefix('/')], backends: [backend] }] },
      'rules[0]: filters: a prefix can only be replaced where one prefix is matched',
    ],
    [
      'two rewrites',
      { rules: [{ filters: [rewritePath('/a'), rewritePath('/b')], backends: [backend] }] },
      'URLRewrite appears twice',
    ],
    [
      'a redirect and a rewrite',
      { rules: [{ filters: [redirect({}), rewritePath('/b')] }] },
      'redirect and rewrite exclude each other',
    ],
    [
      'more backends than the API takes',
      { rules: [{ backends: Array.from({ length: 17 }, () => backend) }] },
      'rules[0]: has 17 backends; use at most 16',
    ],
  ])('fails for %s', (_, props, message) => {
    expect(() => specOf(props)).toThrow(message);
  });
});

describe('host names of listeners', () => {
  test.each([
    ['a.example.org', 'a.example.org', true],
    ['a.example.org', 'b.example.org', false],
    ['*.example.org', 'a.example.org', true],
    ['*.example.org', 'a.b.example.org', true],
    ['*.example.org', '*.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*.example.org', 'aexample.org', false],
    ['a.example.org', '*.example.org', false],
  ])('%s covers %s: %s', (listener, route, expected) => {
    expect(coversHostname(listener, route)).toBe(expected);
  });
});

describe('ReferenceGrant', () => {
  test('lets routes of a namespace refer to a Service', () => {
    const grant = new ReferenceGrant(chart(), 'grant', {
      from: [{ kind: 'HTTPRoute', namespace: 'edge' }],
      to: [{ kind: 'Service', name: 'api' }, { kind: 'Secret' }],
    });
    expect(grant.toJson().spec).toEqual({
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'edge' }],
      to: [
        { group: '', kind: 'Service', name: 'api' },
        { group: '', kind: 'Secret' },
      ],
    });
  });
});
