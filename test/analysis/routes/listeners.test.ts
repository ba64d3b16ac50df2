import { describe, expect, test } from 'vitest';
import { gatewayStatus, listenerSetStatus, type Routing } from '../../../analysis/routes/index.ts';
import { ask, gateway, grant, listenerSet, reaches, route, routing, to } from './cluster.ts';

const API = 'gateway.networking.k8s.io';

/** Status of the Gateway, conditions as `Type=Status(Reason)`. */
function status(cluster: Routing) {
  const edge = cluster.inventory.find(API, 'Gateway', 'infra', 'edge');
  if (edge === undefined) throw new Error('there is no Gateway');
  return gatewayStatus(cluster, edge);
}

function condition(cluster: Routing, type: string, listener = 0): string {
  const found = status(cluster).listeners[listener]?.conditions.find((item) => item.type === type);
  return found === undefined ? 'absent' : `${found.status} ${found.reason}`;
}

const rules = (name: string) => [{ backendRefs: [to(name)] }];

describe('the listener of a request', () => {
  const listeners = [
    {},
    { hostname: '*.example.com' },
    { hostname: '*.foo.example.com' },
    { hostname: 'abc.foo.example.com' },
  ];
  const attached = ['none', 'a', 'b', 'c'].map((name, index) =>
    route('HTTPRoute', `r${index}`, {
      parentRefs: [{ name: 'edge', sectionName: `l${index}` }],
      rules: [
        { matches: [{ path: { value: `/${index}` } }], backendRefs: [to(name === 'none' ? 'a' : name)] },
      ],
    }),
  );
  const cluster = routing(gateway(listeners), ...attached);
  test.each([
    ['bar.com', 0],
    ['bar.example.com', 1],
    ['bar.foo.example.com', 2],
    ['abc.foo.example.com', 3],
  ])('for %s is the most specific one, l%i, and no other takes over', (host, expected) => {
    const answered = [0, 1, 2, 3].filter((index) => ask(cluster, { host, path: `/${index}` }).status === 200);
    expect(answered).toEqual([expected]);
  });
});

describe('a port that speaks TLS', () => {
  const https = (hostname?: string) => ({ protocol: 'HTTPS', port: 443, ...(hostname && { hostname }) });
  const cluster = routing(
    gateway([https(), https('second.org'), https('*.wild.org'), https('fourth.wild.org')]),
    route('HTTPRoute', 'one', {
      parentRefs: [{ name: 'edge', sectionName: 'l0' }],
      hostnames: ['first.org'],
      rules: rules('a'),
    }),
    ...['l1', 'l2', 'l3'].map((sectionName) =>
      route('HTTPRoute', sectionName, { parentRefs: [{ name: 'edge', sectionName }], rules: rules('b') }),
    ),
  );
  test.each([
    ['first.org', 'first.org', 'a'],
    ['first.org', 'second.org', 421],
    ['first.org', 'unknown.org', 404],
    ['second.org', 'second.org', 'b'],
    ['second.org', 'first.org', 421],
    ['second.org', 'unknown.org', 421],
    ['third.wild.org', 'other.wild.org', 'b'],
    ['third.wild.org', 'fourth.wild.org', 421],
    ['fourth.wild.org', 'third.wild.org', 421],
    ['unknown.org', 'first.org', 'a'],
  ])('with server name %s and host %s answers %s', (sni, host, expected) => {
    expect(reaches(cluster, { sni, host, tls: true }, 443)).toBe(expected);
  });

  test('takes the host for the server name where the asker gives none', () => {
    expect(reaches(cluster, { host: 'second.org:443' }, 443)).toBe('b');
  });
  test('does not answer a client that speaks none', () => {
    expect(ask(cluster, { host: 'first.org', tls: false }, 443)).toMatchObject({ status: 404, backends: [] });
  });
  test('refuses a server name that no listener has', () => {
    const only = routing(gateway([https('second.org')]), route('HTTPRoute', 'r', { rules: rules('a') }));
    expect(ask(only, { sni: 'x.org', host: 'second.org' }, 443)).toMatchObject({ status: 404, backends: [] });
  });
});

describe('listeners conflict', () => {
  test('with the same port and hostname, and none of them serves', () => {
    const cluster = routing(
      gateway([{ hostname: 'x.y' }, { hostname: 'X.y' }]),
      route('HTTPRoute', 'r', { rules: rules('a') }),
    );
    expect(condition(cluster, 'Conflicted')).toBe('True HostnameConflict');
    expect(condition(cluster, 'Accepted', 1)).toBe('False HostnameConflict');
    expect(reaches(cluster, { host: 'x.y' })).toBe(404);
    expect(status(cluster)).toMatchObject({ accepted: false, acceptedReason: 'ListenersNotValid' });
  });
  test('with the same port and protocols that cannot share it', () => {
    const cluster = routing(gateway([{}, { protocol: 'TCP' }, { port: 81 }]));
    expect(condition(cluster, 'Conflicted')).toBe('True ProtocolConflict');
    expect(condition(cluster, 'Conflicted', 1)).toBe('True ProtocolConflict');
    expect(condition(cluster, 'Conflicted', 2)).toBe('False NoConflicts');
    expect(status(cluster)).toMatchObject({ accepted: true, acceptedReason: 'ListenersNotValid' });
  });
  test('never with another hostname, another transport, or HTTPS beside TLS', () => {
    const cluster = routing(
      gateway([
        { hostname: 'a.b' },
        { hostname: '*.b' },
        { port: 53, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
        { port: 443, protocol: 'HTTPS', hostname: 'a.b' },
        { port: 443, protocol: 'TLS', hostname: 'c.b', tls: { mode: 'Passthrough' } },
      ]),
    );
    for (const index of [0, 1, 2, 3, 4, 5])
      expect(condition(cluster, 'Conflicted', index)).toBe('False NoConflicts');
  });
  test('between a Gateway and ListenerSets: the Gateway wins, then the oldest set', () => {
    const cluster = routing(
      gateway([{ hostname: 'one.com' }], { allowedListeners: { namespaces: { from: 'All' } } }),
      listenerSet('infra', 'first', [{ hostname: 'one.com' }, { hostname: 'two.com' }]),
      listenerSet('infra', 'second', [{ hostname: 'two.com' }]),
    );
    expect(condition(cluster, 'Conflicted')).toBe('False NoConflicts');
    const sets = ['first', 'second'].map((name) => {
      const object = cluster.inventory.find(API, 'ListenerSet', 'infra', name);
      return object && listenerSetStatus(cluster, object);
    });
    expect(sets[0]).toMatchObject({ accepted: true });
    expect(sets[0]?.listeners.map(({ conditions }) => conditions[1]?.reason)).toEqual([
      'HostnameConflict',
      'NoConflicts',
    ]);
    expect(sets[1]).toMatchObject({ accepted: false, acceptedReason: 'ListenersNotValid' });
    expect(status(cluster).attachedListenerSets).toBe(1);
  });
});

test('a listener that conflicts with another object leaves those beside it alone', () => {
  const cluster = routing(
    gateway([{ hostname: 'one.com' }], { allowedListeners: { namespaces: { from: 'All' } } }),
    listenerSet('infra', 'set', [{ hostname: 'two.com' }, { protocol: 'TCP' }]),
  );
  const object = cluster.inventory.find(API, 'ListenerSet', 'infra', 'set');
  const found = object && listenerSetStatus(cluster, object);
  expect(found).toMatchObject({ accepted: true, acceptedReason: 'ListenersNotValid' });
  expect(found?.listeners.map(({ conditions }) => conditions[0]?.reason)).toEqual([
    'Accepted',
    'ProtocolConflict',
  ]);
});

describe('the status of a listener', () => {
  test('counts the routes that are accepted', () => {
    const cluster = routing(
      gateway([{ hostname: 'x.y' }, { port: 81 }]),
      route('HTTPRoute', 'one', { rules: rules('a'), hostnames: ['x.y'] }),
      route('HTTPRoute', 'two', { rules: rules('nowhere') }),
      route('HTTPRoute', 'three', { rules: rules('a'), hostnames: ['z.y'] }),
    );
    expect(status(cluster).listeners.map(({ attachedRoutes }) => attachedRoutes)).toEqual([2, 3]);
  });
  test('names the kinds that it takes, and refuses others', () => {
    const cluster = routing(
      gateway([
        { allowedRoutes: { kinds: [{ kind: 'Invalid' }, { kind: 'HTTPRoute' }] } },
        { port: 81, allowedRoutes: { kinds: [{ kind: 'TLSRoute' }] } },
        { port: 82 },
      ]),
    );
    expect(condition(cluster, 'ResolvedRefs')).toBe('False InvalidRouteKinds');
    expect(
      status(cluster).listeners.map(({ supportedKinds }) => supportedKinds.map(({ kind }) => kind)),
    ).toEqual([['HTTPRoute'], [], ['HTTPRoute', 'GRPCRoute']]);
  });
  test('refuses a protocol that nobody knows, and the Gateway with it where there is no other', () => {
    const alone = routing(gateway([{ protocol: 'GOPHER' }]));
    expect(condition(alone, 'Accepted')).toBe('False UnsupportedProtocol');
    expect(status(alone)).toMatchObject({ accepted: false, acceptedReason: 'ListenersNotValid' });
    expect(status(routing(gateway([{ protocol: 'GOPHER' }, { port: 81 }])))).toMatchObject({
      accepted: true,
      acceptedReason: 'ListenersNotValid',
    });
  });
  test('tells of hostnames that overlap where a TLS connection may be reused', () => {
    const https = (hostname: string) => ({ protocol: 'HTTPS', port: 443, hostname });
    const cluster = routing(
      gateway([https('a.example.com'), https('b.example.org'), https('*.example.com')]),
    );
    expect([0, 1, 2].map((index) => condition(cluster, 'OverlappingTLSConfig', index))).toEqual([
      'True OverlappingHostnames',
      'absent',
      'True OverlappingHostnames',
    ]);
  });
});

describe('certificates', () => {
  const https = (reference: object) =>
    gateway([{ protocol: 'HTTPS', port: 443, tls: { certificateRefs: [reference] } }]);
  const pem = (type: string) => `-----BEGIN ${type}-----\nRVhBTVBMRQ==\n-----END ${type}-----\n`;
  const secret = (namespace: string, stringData: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: 'tls' },
    stringData,
  });
  const good = { 'tls.crt': pem('CERTIFICATE'), 'tls.key': pem('PRIVATE KEY') };
  const resolved = (reference: object, ...more: Readonly<Record<string, unknown>>[]) =>
    condition(routing(https(reference), ...more), 'ResolvedRefs');

  test('are Secrets with a certificate and a key', () => {
    expect(resolved({ name: 'tls' }, secret('infra', good))).toBe('True ResolvedRefs');
    expect(resolved({ name: 'tls' }, secret('infra', { ...good, 'tls.crt': 'hello' }))).toBe(
      'False InvalidCertificateRef',
    );
    expect(resolved({ name: 'tls', kind: 'ConfigMap' })).toBe('False InvalidCertificateRef');
    expect(resolved({ name: 'tls', group: 'other.example' }, secret('infra', good))).toBe(
      'False InvalidCertificateRef',
    );
  });
  test('of another namespace need a ReferenceGrant there', () => {
    const reference = { name: 'tls', namespace: 'certs' };
    const from = { kind: 'Gateway', namespace: 'infra' };
    expect(resolved(reference, secret('certs', good))).toBe('False RefNotPermitted');
    expect(resolved(reference, secret('certs', good), grant('certs', from, { kind: 'Secret' }))).toBe(
      'True ResolvedRefs',
    );
    expect(
      resolved(reference, secret('certs', good), grant('certs', from, { kind: 'Secret', name: 'x' })),
    ).toBe('False RefNotPermitted');
  });
  test('that are not in the input fail the status, but not the routing: something else may make them', () => {
    const cluster = routing(https({ name: 'tls' }), route('HTTPRoute', 'r', { rules: rules('a') }));
    expect(condition(cluster, 'ResolvedRefs')).toBe('False InvalidCertificateRef');
    expect(condition(cluster, 'Programmed')).toBe('False Invalid');
    expect(reaches(cluster, {}, 443)).toBe('a');
    expect(status(cluster).listeners[0]?.attachedRoutes).toBe(1);
  });
  test('that cert-manager makes are there', () => {
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { namespace: 'infra', name: 'c' },
      spec: { secretName: 'tls' },
    };
    expect(resolved({ name: 'tls' }, certificate)).toBe('True ResolvedRefs');
  });
  test('that may not be used close the listener', () => {
    const cluster = routing(
      https({ name: 'tls', namespace: 'certs' }),
      route('HTTPRoute', 'r', { rules: rules('a') }),
    );
    expect(reaches(cluster, {}, 443)).toBe(404);
  });
});

describe('authorities of client certificates', () => {
  const validation = (...caCertificateRefs: readonly object[]) => ({ validation: { caCertificateRefs } });
  const bundle = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'infra', name: 'ca' } };
  const good = { kind: 'ConfigMap', group: '', name: 'ca' };
  const cluster = (frontend: object, data: object = { 'ca.crt': 'a bundle' }) =>
    routing(
      gateway([{ protocol: 'HTTPS', port: 443 }, {}], { tls: { frontend } }),
      { ...bundle, data },
      route('HTTPRoute', 'r', { rules: rules('a') }),
    );
  test.each([
    ['a ConfigMap with ca.crt', [good], 'True ResolvedRefs', 'True Accepted'],
    [
      'another kind',
      [{ ...good, kind: 'Service' }],
      'False InvalidCACertificateKind',
      'False NoValidCACertificate',
    ],
    [
      'one of another namespace',
      [{ ...good, namespace: 'x' }],
      'False RefNotPermitted',
      'False NoValidCACertificate',
    ],
    [
      'one that is not there',
      [{ ...good, name: 'x' }],
      'False InvalidCACertificateRef',
      'False NoValidCACertificate',
    ],
    [
      'one good, one bad',
      [good, { ...good, kind: 'Pod' }],
      'False InvalidCACertificateKind',
      'True Accepted',
    ],
  ])('%s', (_, references, resolved, accepted) => {
    const made = cluster({ default: validation(...references) });
    expect(condition(made, 'ResolvedRefs')).toBe(resolved);
    expect(condition(made, 'Accepted')).toBe(accepted);
    expect(condition(made, 'Accepted', 1)).toBe('True Accepted');
  });
  test('of a port take the place of the default ones', () => {
    const perPort = [{ port: 443, tls: validation(good) }];
    expect(condition(cluster({ default: validation({ ...good, kind: 'Pod' }), perPort }), 'Accepted')).toBe(
      'True Accepted',
    );
  });
  test('close the listener where none may be used', () => {
    expect(reaches(cluster({ default: validation({ ...good, kind: 'Pod' }) }), {}, 443)).toBe(404);
    expect(reaches(cluster({ default: validation(good) }, {}), {}, 443)).toBe(404);
    expect(reaches(cluster({ default: validation(good) }), {}, 443)).toBe('a');
  });
});

test('a Gateway refers to the certificate that it shows to backends', () => {
  const resolved = (reference: object) =>
    status(routing(gateway([{}], { tls: { backend: { clientCertificateRef: reference } } }))).conditions.find(
      ({ type }) => type === 'ResolvedRefs',
    )?.reason;
  expect(resolved({ name: 'nowhere' })).toBe('InvalidClientCertificateRef');
  expect(resolved({ name: 'tls', kind: 'ConfigMap' })).toBe('InvalidClientCertificateRef');
  expect(resolved({ name: 'tls', namespace: 'elsewhere' })).toBe('RefNotPermitted');
});
