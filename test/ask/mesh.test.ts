import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askOne } from './ask.ts';

const policy = (
  name: string,
  spec: object,
  namespace = 'shop',
  kind = 'AuthorizationPolicy',
  more: object = {},
) => ({
  apiVersion: 'security.istio.io/v1',
  kind,
  metadata: { name, namespace, ...more },
  spec,
});
const mtls = (name: string, spec: object, namespace = 'shop', more: object = {}) =>
  policy(name, spec, namespace, 'PeerAuthentication', more);
const pod = (namespace: string, name: string, labels: object = {}, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name, ...labels } },
  spec: { serviceAccountName: name, containers: [{ name: 'main' }], ...spec },
});
const space = (name: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const objects = [
  space('shop', { 'istio-injection': 'enabled' }),
  space('mesh', { 'istio.io/dataplane-mode': 'ambient' }),
  space('plain', {}),
  pod('shop', 'cart'),
  pod('shop', 'web'),
  pod('mesh', 'db'),
  pod('mesh', 'api'),
  pod('plain', 'job'),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'mesh', labels: {} },
    spec: { selector: { app: 'db' }, ports: [{ port: 8080 }] },
  },
];
const request = { protocol: 'HTTP', method: 'GET', path: '/', host: 'cart' };
const toCart = { type: 'mesh', from: { pod: 'shop/web' }, to: { pod: 'shop/cart' }, port: 8080, ...request };
const toDb = { type: 'mesh', from: { pod: 'mesh/api' }, to: { pod: 'mesh/db' }, port: 8080, ...request };

async function answer(policies: readonly object[], question: object) {
  const base = 'protocol' in question && question.protocol === 'TCP' ? { method: undefined } : {};
  return askOne('', { ...question, ...base, with: [...objects, ...policies] });
}
const cart = async (policies: readonly object[], change: object = {}) =>
  answer(policies, { ...toCart, ...change });
const db = async (policies: readonly object[], change: object = {}) =>
  answer(policies, { ...toDb, ...change });
const verdict = async (rules: readonly object[] | undefined, change: object = {}, action = 'ALLOW') =>
  (await cart([policy('p', { action, ...(rules && { rules }) })], change)).verdict;

const from = (source: object) => [{ from: [{ source }] }];
const to = (operation: object) => [{ to: [{ operation }] }];
const when = (key: string, values?: readonly string[], notValues?: readonly string[]) => [
  { when: [{ key, ...(values && { values }), ...(notValues && { notValues }) }] },
];

describe('authorization policies of a sidecar', () => {
  test('allow where none applies', async () => {
    expect(await cart([])).toMatchObject({ verdict: 'allow', because: [] });
  });

  test('without a rule allow nothing, with an empty one everything', async () => {
    expect(await verdict(undefined)).toBe('deny');
    expect(await verdict([{}])).toBe('allow');
    expect(await verdict([{}], {}, 'DENY')).toBe('deny');
  });

  test('say why', async () => {
    expect(await cart([policy('none', {})])).toEqual({
      id: '1',
      verdict: 'deny',
      stage: 'sidecar',
      because: [
        {
          effect: 'default-deny',
          policy: { kind: 'AuthorizationPolicy', namespace: 'shop', name: 'none' },
          path: '/spec/rules',
          text: expect.stringContaining('none of its rules'),
        },
      ],
    });
    expect(
      await cart([policy('no', { action: 'DENY', rules: [...to({ methods: ['PUT'] }), {}] })]),
    ).toMatchObject({
      stage: 'sidecar',
      because: [{ effect: 'deny', path: '/spec/rules/1' }],
    });
  });

  test('deny before they allow, and audit without effect', async () => {
    const all = { rules: [{}] };
    expect(await cart([policy('a', all), policy('d', { action: 'DENY', ...all })])).toMatchObject({
      verdict: 'deny',
    });
    expect(await cart([policy('a', { action: 'AUDIT', ...all })])).toMatchObject({ verdict: 'allow' });
  });

  test('ask the provider of CUSTOM, then go on', async () => {
    const custom = policy('c', {
      action: 'CUSTOM',
      provider: { name: 'opa' },
      rules: to({ paths: ['/admin*'] }),
    });
    expect(await cart([custom])).toMatchObject({ verdict: 'allow' });
    const path = { path: '/admin/x' };
    expect(await cart([custom], { ...path, custom: { opa: 'deny' } })).toMatchObject({
      verdict: 'deny',
      stage: 'sidecar',
    });
    expect(await cart([custom], { ...path, custom: { provider: 'deny' } })).toMatchObject({
      verdict: 'deny',
    });
    expect(await cart([custom], { ...path, custom: { opa: 'allow' } })).toMatchObject({ verdict: 'allow' });
    expect(await cart([custom, policy('n', {})], { ...path, custom: { opa: 'allow' } })).toMatchObject({
      verdict: 'deny',
    });
    expect(await cart([custom], path)).toMatchObject({ error: { code: 'unsupported' } });
  });

  test('apply by selector, by namespace, and from the root namespace to all', async () => {
    expect(await cart([policy('p', { selector: { matchLabels: { app: 'web' } } })])).toMatchObject({
      verdict: 'allow',
    });
    expect(await cart([policy('p', { selector: { matchLabels: { app: 'cart' } } })])).toMatchObject({
      verdict: 'deny',
    });
    expect(await cart([policy('p', {}, 'mesh')])).toMatchObject({ verdict: 'allow' });
    expect(await cart([policy('p', {}, 'istio-system')])).toMatchObject({ verdict: 'deny' });
    const selecting = policy('p', { selector: { matchLabels: { app: 'cart' } } }, 'istio-system');
    expect(await cart([selecting])).toMatchObject({ verdict: 'deny' });
    expect(await cart([policy('p', {}, 'root')], { options: { meshRootNamespace: 'root' } })).toMatchObject({
      verdict: 'deny',
    });
  });

  test('do not apply where they are attached to something else, or on a dry run', async () => {
    expect(await cart([policy('p', { targetRefs: [{ kind: 'Service', name: 'cart' }] })])).toMatchObject({
      verdict: 'allow',
    });
    const dry = policy('p', {}, 'shop', 'AuthorizationPolicy', {
      annotations: { 'istio.io/dry-run': 'true' },
    });
    expect(await cart([dry])).toMatchObject({ verdict: 'allow' });
  });
});

describe('a source', () => {
  test.each([
    ['its principal', { principals: ['cluster.local/ns/shop/sa/web'] }],
    ['a prefix', { principals: ['cluster.local/ns/shop/*'] }],
    ['a suffix', { principals: ['*/sa/web'] }],
    ['any principal', { principals: ['*'] }],
    ['its namespace', { namespaces: ['shop'] }],
    ['a namespace with a star within', { namespaces: ['s*p'] }],
    ['its trust domain', { trustDomains: ['cluster.*'] }],
    ['its ServiceAccount', { serviceAccounts: ['web'] }],
    ['its ServiceAccount with the namespace', { serviceAccounts: ['shop/web'] }],
    ['no other principal', { notPrincipals: ['cluster.local/ns/shop/sa/bob'] }],
  ])('is %s', async (_, source) => {
    expect(await verdict(from(source))).toBe('allow');
  });

  test.each([
    ['another principal', { principals: ['cluster.local/ns/shop/sa/we'] }],
    ['a principal with its scheme', { principals: ['cluster.local/ns/shop/sa/web/'] }],
    ['another namespace', { namespaces: ['shops'] }],
    ['another trust domain', { trustDomains: ['cluster'] }],
    ['another of two fields', { namespaces: ['shop'], principals: ['x'] }],
    ['a principal of the negated', { notNamespaces: ['sh*'] }],
    ['another ServiceAccount', { serviceAccounts: ['mesh/web'] }],
    ['a request without a token', { requestPrincipals: ['*'] }],
  ])('is not %s', async (_, source) => {
    expect(await verdict(from(source))).toBe('deny');
  });

  test('has no principal and no namespace in plaintext', async () => {
    const plain = { from: { pod: 'plain/job' } };
    expect(await verdict(from({ principals: ['*'] }), plain)).toBe('deny');
    expect(await verdict(from({ namespaces: ['plain'] }), plain)).toBe('deny');
    expect(await verdict(from({ notNamespaces: ['shop'] }), plain)).toBe('allow');
    expect(await verdict(from({ notPrincipals: ['*'] }), plain, 'DENY')).toBe('deny');
  });

  test('is written by principal, namespace and address too', async () => {
    const given = { from: { principal: 'spiffe://other.org/ns/far/sa/bob', ip: '10.1.2.3' } };
    expect(await verdict(from({ principals: ['other.org/ns/far/sa/bob'] }), given)).toBe('allow');
    expect(await verdict(from({ namespaces: ['far'], ipBlocks: ['10.1.0.0/16'] }), given)).toBe('allow');
    expect(await verdict(from({ ipBlocks: ['10.1.2.4'] }), given)).toBe('deny');
    expect(await verdict(from({ notIpBlocks: ['10.1.2.3'] }), given)).toBe('deny');
    expect(await verdict(from({ namespaces: ['far'] }), { from: { namespace: 'far' } })).toBe('allow');
    expect(await verdict(from({ namespaces: ['far'] }), { from: { ...given.from, plaintext: true } })).toBe(
      'deny',
    );
  });

  test('of cluster.local is one of the trust domain of the mesh', async () => {
    const options = { options: { trustDomain: 'corp.example' } };
    expect(await verdict(from({ principals: ['cluster.local/ns/shop/sa/web'] }), options)).toBe('allow');
    expect(await verdict(from({ principals: ['corp.example/ns/shop/sa/web'] }), options)).toBe('allow');
    expect(await verdict(from({ principals: ['else.example/ns/shop/sa/web'] }), options)).toBe('deny');
  });
});

describe('an operation', () => {
  test.each([
    ['a method', { methods: ['GET'] }, {}],
    ['a path', { paths: ['/a/b'] }, { path: '/a/b?c=/d' }],
    ['a path as it is after its dots', { paths: ['/b'] }, { path: '/a/../b' }],
    ['a prefix', { paths: ['/a*'] }, { path: '/abc' }],
    ['a suffix', { paths: ['*/info'] }, { path: '/a/info' }],
    ['one segment', { paths: ['/a/{*}/c'] }, { path: '/a/b/c' }],
    ['any segments', { paths: ['/a/{**}'] }, { path: '/a/b/c' }],
    ['a host in any case', { hosts: ['Cart.Example.com'] }, { host: 'cart.EXAMPLE.com' }],
    ['a port', { ports: ['8080'] }, {}],
    ['no other path', { notPaths: ['/x'] }, { path: '/y' }],
  ])('is %s', async (_, operation, change) => {
    expect(await verdict(to(operation), change)).toBe('allow');
  });

  test.each([
    ['another method', { methods: ['get'] }, {}],
    ['a longer path', { paths: ['/a'] }, { path: '/a/' }],
    ['two segments for one', { paths: ['/a/{*}/c'] }, { path: '/a/b/b/c' }],
    ['another port', { ports: ['80'] }, {}],
    ['the negated path', { paths: ['/*'], notPaths: ['/x'] }, { path: '/x' }],
  ])('is not %s', async (_, operation, change) => {
    expect(await verdict(to(operation), change)).toBe('deny');
  });

  test('of gRPC is a POST', async () => {
    const grpc = { protocol: 'GRPC', method: undefined, path: '/shop.Cart/Add' };
    expect(await verdict(to({ methods: ['POST'], paths: ['/shop.Cart/*'] }), grpc)).toBe('allow');
  });

  test('fails where the path depends on what the proxy decodes', async () => {
    expect(
      (await cart([policy('p', { rules: to({ paths: ['/a b'] }) })], { path: '/a%20b' })).error?.code,
    ).toBe('unsupported');
  });

  test('fails where the question does not say', async () => {
    const rules = { rules: to({ methods: ['GET'] }) };
    expect((await cart([policy('p', rules)], { method: undefined })).error?.code).toBe('unsupported');
    expect(
      (await cart([policy('p', rules), policy('q', { action: 'DENY', rules: [{}] })], { method: undefined }))
        .verdict,
    ).toBe('deny');
  });
});

describe('a condition', () => {
  const jwt = {
    iss: 'https://issuer',
    sub: 'ann',
    aud: ['a', 'b'],
    azp: 'cli',
    groups: ['g1', 'g2'],
    scope: 'read write',
    realm: { role: 'admin' },
  };
  test.each([
    ['a header', when('request.headers[X-Version]', ['v*']), { headers: { 'x-version': 'v2' } }],
    ['a missing header', when('request.headers[x-version]', undefined, ['v1']), {}],
    ['an issuer and subject', when('request.auth.principal', ['https://issuer/ann']), { jwt }],
    ['any token', from({ requestPrincipals: ['*'] }), { jwt }],
    ['any subject of an issuer', from({ requestPrincipals: ['https://issuer/*'] }), { jwt }],
    ['a subject of any issuer', from({ requestPrincipals: ['*/ann'] }), { jwt }],
    ['the end of an issuer', from({ requestPrincipals: ['*issuer/ann'] }), { jwt }],
    ['the beginning of a subject', from({ requestPrincipals: ['https://issuer/a*'] }), { jwt }],
    ['an audience', when('request.auth.audiences', ['b']), { jwt }],
    ['a presenter', when('request.auth.presenter', ['cli']), { jwt }],
    ['one of a list', when('request.auth.claims[groups]', ['g2']), { jwt }],
    ['one of a text with spaces', when('request.auth.claims[scope]', ['write']), { jwt }],
    ['a nested claim', when('request.auth.claims[realm][role]', ['admin']), { jwt }],
    ['a namespace', when('source.namespace', ['shop']), {}],
    ['a port', when('destination.port', ['8080']), {}],
    ['a server name', when('connection.sni', ['*.example.com']), { sni: 'a.example.com' }],
  ])('is met by %s', async (_, rules, change) => {
    expect(await verdict(rules, change)).toBe('allow');
  });

  test.each([
    ['a missing header', when('request.headers[x-version]', ['*']), {}],
    ['a part of the issuer alone', from({ requestPrincipals: ['https://is*'] }), { jwt }],
    ['another subject', when('request.auth.principal', ['https://issuer/bob']), { jwt }],
    ['no token', when('request.auth.claims[groups]', ['g1']), { jwt: null }],
    ['a missing claim', when('request.auth.claims[none]', ['*']), { jwt }],
    ['a value of the negated', when('request.auth.claims[groups]', ['g1'], ['g2']), { jwt }],
  ])('is not met by %s', async (_, rules, change) => {
    expect(await verdict(rules, change)).toBe('deny');
  });

  test('must hold beside the source and the operation', async () => {
    const rule = {
      ...from({ namespaces: ['shop'] })[0],
      ...to({ methods: ['GET'] })[0],
      ...when('request.headers[a]', ['b'])[0],
    };
    expect(await verdict([rule], { headers: { a: 'b' } })).toBe('allow');
    expect(await verdict([rule], { headers: { a: 'c' } })).toBe('deny');
  });
});

describe('a protocol without requests', () => {
  const tcp = { protocol: 'TCP' };
  test('is never allowed by a rule on requests, whatever else the rule has', async () => {
    expect(await verdict(to({ methods: ['GET'] }), tcp)).toBe('deny');
    expect(
      await verdict([{ to: [{ operation: { ports: ['8080'] } }, { operation: { paths: ['/'] } }] }], tcp),
    ).toBe('deny');
    expect(await verdict(to({ ports: ['8080'] }), tcp)).toBe('allow');
  });

  test('is denied by what is left of a rule on requests', async () => {
    expect(await verdict(to({ methods: ['GET'], ports: ['8080'] }), tcp, 'DENY')).toBe('deny');
    expect(await verdict(to({ methods: ['GET'], ports: ['80'] }), tcp, 'DENY')).toBe('allow');
    expect(await verdict(from({ requestPrincipals: ['*'] }), tcp, 'DENY')).toBe('deny');
  });
});

describe('mutual TLS', () => {
  const plain = { from: { pod: 'plain/job' } };
  const strict = { mtls: { mode: 'STRICT' } };
  const permissive = { mtls: { mode: 'PERMISSIVE' } };
  const selector = { matchLabels: { app: 'cart' } };

  test('is not needed by default', async () => {
    expect((await cart([], plain)).verdict).toBe('allow');
  });

  test('that is STRICT refuses plaintext before any policy is asked', async () => {
    expect(await cart([mtls('m', strict), policy('p', {})], plain)).toMatchObject({
      verdict: 'deny',
      stage: 'peer-authentication',
      because: [{ effect: 'deny', policy: { kind: 'PeerAuthentication', namespace: 'shop', name: 'm' } }],
    });
    expect((await cart([mtls('m', strict)])).verdict).toBe('allow');
    expect((await cart([mtls('m', strict)], { plaintext: true })).verdict).toBe('deny');
  });

  test.each([
    ['the root namespace', 'deny', [mtls('r', strict, 'istio-system')]],
    ['the namespace before the root', 'allow', [mtls('r', strict, 'istio-system'), mtls('n', permissive)]],
    [
      'the workload before the namespace',
      'deny',
      [mtls('n', permissive), mtls('w', { selector, ...strict })],
    ],
    [
      'the port before the workload',
      'allow',
      [mtls('w', { selector, ...strict, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })],
    ],
    [
      'another port not',
      'deny',
      [mtls('w', { selector, ...strict, portLevelMtls: { 80: { mode: 'PERMISSIVE' } } })],
    ],
    [
      'the namespace where the workload has none',
      'deny',
      [mtls('n', strict), mtls('w', { selector, mtls: { mode: 'UNSET' } })],
    ],
    ['the namespace where the policy is empty', 'deny', [mtls('r', strict, 'istio-system'), mtls('n', {})]],
    [
      'the workload where the port has none',
      'deny',
      [mtls('w', { selector, ...strict, portLevelMtls: { 8080: { mode: 'UNSET' } } })],
    ],
    ['no selecting policy of the root', 'allow', [mtls('r', { selector, ...strict }, 'istio-system')]],
    [
      'the oldest of several',
      'deny',
      [
        mtls('a', permissive, 'shop', { creationTimestamp: '2026-02-01T00:00:00Z' }),
        mtls('b', strict, 'shop', { creationTimestamp: '2026-01-01T00:00:00Z' }),
      ],
    ],
  ])('is that of %s', async (_, expected, policies) => {
    expect((await cart(policies, plain)).verdict).toBe(expected);
  });

  test('fails at a gateway, whose listeners have their own', async () => {
    const edge = pod('shop', 'cart', { istio: 'ingressgateway' });
    expect((await cart([edge, mtls('m', strict)], plain)).error?.code).toBe('unsupported');
  });

  test('that is off leaves a client without a principal', async () => {
    const off = mtls('m', { mtls: { mode: 'DISABLE' } });
    expect((await cart([off, policy('p', { rules: from({ principals: ['*'] }) })])).verdict).toBe('deny');
  });
});

describe('ztunnel', () => {
  test('sees connections only', async () => {
    expect(await db([policy('p', { rules: to({ methods: ['GET'] }) }, 'mesh')])).toMatchObject({
      verdict: 'deny',
      stage: 'ztunnel',
    });
    expect(
      await db([policy('p', { action: 'DENY', rules: to({ methods: ['PUT'] }) }, 'mesh')]),
    ).toMatchObject({ verdict: 'deny', stage: 'ztunnel' });
    expect(
      await db([policy('p', { action: 'DENY', rules: to({ methods: ['PUT'], ports: ['9'] }) }, 'mesh')]),
    ).toMatchObject({ verdict: 'allow' });
    expect(
      await db([policy('p', { rules: from({ principals: ['cluster.local/ns/mesh/sa/api'] }) }, 'mesh')]),
    ).toMatchObject({ verdict: 'allow' });
    expect(await db([policy('p', { rules: from({ remoteIpBlocks: ['0.0.0.0/0'] }) }, 'mesh')])).toMatchObject(
      { verdict: 'deny' },
    );
  });

  test('takes a ServiceAccount of a source, but not of a key', async () => {
    expect((await db([policy('p', { rules: from({ serviceAccounts: ['api'] }) }, 'mesh')])).verdict).toBe(
      'allow',
    );
    expect((await db([policy('p', { rules: when('source.serviceAccount', ['api']) }, 'mesh')])).verdict).toBe(
      'deny',
    );
  });

  test('asks no provider', async () => {
    const custom = policy('c', { action: 'CUSTOM', provider: { name: 'opa' }, rules: [{}] }, 'mesh');
    expect((await db([custom], { custom: { opa: 'deny' } })).verdict).toBe('allow');
  });

  test('refuses plaintext where mutual TLS is STRICT', async () => {
    expect(
      await db([mtls('m', { mtls: { mode: 'STRICT' } }, 'mesh')], { from: { ip: '203.0.113.9' } }),
    ).toMatchObject({
      verdict: 'deny',
      stage: 'peer-authentication',
    });
  });
});

describe('a waypoint', () => {
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'way', namespace: 'mesh' },
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    },
  };
  const way = { to: { service: 'mesh/db' }, via: 'waypoint' };
  const get = to({ methods: ['GET'] });
  const attached = (target: object, spec: object = { rules: get }) =>
    policy('p', { targetRefs: [target], ...spec }, 'mesh');
  const service = { kind: 'Service', group: '', name: 'db' };

  test('judges requests by what is attached to the Service', async () => {
    expect((await db([gateway, attached(service)], way)).verdict).toBe('allow');
    expect(await db([gateway, attached(service)], { ...way, method: 'PUT' })).toMatchObject({
      verdict: 'deny',
      stage: 'waypoint',
    });
    expect(
      (await db([gateway, attached({ ...service, name: 'other' })], { ...way, method: 'PUT' })).verdict,
    ).toBe('allow');
  });

  test('judges by what is attached to itself, and to its class in the root namespace', async () => {
    const itself = { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'way' };
    const gatewayClass = { kind: 'GatewayClass', group: 'gateway.networking.k8s.io', name: 'istio-waypoint' };
    expect(await db([gateway, attached(itself, {})], way)).toMatchObject({ stage: 'waypoint' });
    expect(await db([gateway, attached(gatewayClass, {})], way)).toMatchObject({ verdict: 'allow' });
    expect(
      await db([gateway, policy('p', { targetRefs: [gatewayClass] }, 'istio-system')], way),
    ).toMatchObject({ stage: 'waypoint' });
  });

  test('is the client that the ztunnel behind it sees', async () => {
    const selector = { matchLabels: { app: 'db' } };
    const only = (sa: string) =>
      policy('z', { selector, rules: from({ principals: [`cluster.local/ns/mesh/sa/${sa}`] }) }, 'mesh');
    expect(await db([gateway, only('api')], way)).toMatchObject({ verdict: 'deny', stage: 'ztunnel' });
    expect(await db([gateway, only('way')], way)).toMatchObject({ verdict: 'allow' });
  });

  test('takes what is sent to pods only where it is for workloads', async () => {
    const labelled = pod('mesh', 'db', { 'istio.io/use-waypoint': 'way' });
    const itself = { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'way' };
    const metadata = { ...gateway.metadata, labels: { 'istio.io/waypoint-for': 'all' } };
    expect((await db([gateway, labelled, attached(itself, {})])).verdict).toBe('allow');
    expect(await db([{ ...gateway, metadata }, labelled, attached(itself, {})])).toMatchObject({
      stage: 'waypoint',
    });
  });

  test('fails where its identity matters and annotations give it another', async () => {
    const metadata = { ...gateway.metadata, annotations: { 'gateway.istio.io/service-account': 'other' } };
    const only = policy('z', { rules: from({ principals: ['cluster.local/ns/mesh/sa/way'] }) }, 'mesh');
    expect((await db([{ ...gateway, metadata }, only], way)).error?.code).toBe('unsupported');
  });

  test('is used where the Service asks for it', async () => {
    const labelled = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'mesh', labels: { 'istio.io/use-waypoint': 'way' } },
      spec: { selector: { app: 'db' }, ports: [{ port: 8080 }] },
    };
    const put = { to: { service: 'mesh/db' }, method: 'PUT' };
    expect(await db([gateway, labelled, attached(service)], put)).toMatchObject({
      verdict: 'deny',
      stage: 'waypoint',
    });
    expect((await db([gateway, labelled, attached(service)], { method: 'PUT' })).verdict).toBe('allow');
  });

  test('has nothing that is not attached', async () => {
    const selector = { matchLabels: { app: 'api' } };
    expect(
      (await db([gateway, policy('p', { rules: from({ principals: ['*/sa/way'] }) }, 'mesh')], way)).verdict,
    ).toBe('allow');
    expect((await db([gateway, policy('p', { selector }, 'mesh')], way)).verdict).toBe('allow');
  });

  test('fails where it is not in the input and matters', async () => {
    const known = { rules: from({ principals: ['*/sa/way'] }) };
    expect((await db([policy('p', known, 'mesh')], way)).error?.code).toBe('unsupported');
    expect((await db([attached(service)], { ...way, method: 'PUT' })).verdict).toBe('deny');
  });
});

describe('being in the mesh', () => {
  const strict = [mtls('m', { mtls: { mode: 'STRICT' } }), policy('p', {})];

  test('is read from labels: outside of it no policy has a say', async () => {
    expect(
      await cart([...strict, pod('shop', 'cart', { 'sidecar.istio.io/inject': 'false' })]),
    ).toMatchObject({ verdict: 'allow' });
    expect(
      await db([policy('p', {}, 'mesh'), pod('mesh', 'db', { 'istio.io/dataplane-mode': 'none' })]),
    ).toMatchObject({ verdict: 'allow' });
    expect(await cart([policy('p', {}, 'plain')], { to: { pod: 'plain/job' } })).toMatchObject({
      verdict: 'allow',
    });
    expect(await cart([...strict, pod('shop', 'cart', {}, { hostNetwork: true })])).toMatchObject({
      verdict: 'allow',
    });
  });

  test('is what the option says', async () => {
    expect(await cart(strict, { options: { dataplane: 'ambient' } })).toMatchObject({ stage: 'ztunnel' });
    expect(await cart(strict, { options: { dataplane: 'none' } })).toMatchObject({ verdict: 'allow' });
  });

  test('fails where the namespace is not in the input', async () => {
    const question = { to: { namespace: 'far', labels: { app: 'x' } } };
    expect((await cart([], question)).error).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('dataplane'),
    });
  });
});

describe('a policy that istiod refuses takes no part', () => {
  test.each([
    ['an empty source', { rules: from({}) }],
    ['an empty operation', { rules: to({ paths: [] }) }],
    ['an address that is none', { rules: from({ ipBlocks: ['10.0.0'] }) }],
    ['a port that is none', { rules: to({ ports: ['http'] }) }],
    ['a number for a text', { rules: to({ ports: [80] }) }],
    ['an unknown key', { rules: when('source.user', ['x']) }],
    ['a condition without values', { rules: when('source.ip') }],
    ['a deny without rules', { action: 'DENY' }],
    ['an unknown action', { action: 'PERMIT' }],
    ['a CUSTOM without provider', { action: 'CUSTOM', rules: [{}] }],
    [
      'selector and targetRefs',
      { selector: { matchLabels: { a: 'b' } }, targetRefs: [{ kind: 'Service', name: 'cart' }] },
    ],
    [
      'who the client is, for CUSTOM',
      { action: 'CUSTOM', provider: { name: 'x' }, rules: from({ namespaces: ['shop'] }) },
    ],
    ['a provider for another action', { provider: {}, rules: [] }],
    ['a bad template', { rules: to({ paths: ['/a/{**}/{*}'] }) }],
    ['principals beside serviceAccounts', { rules: from({ principals: ['a'], serviceAccounts: ['b'] }) }],
  ])('%s', async (_, spec) => {
    expect(await cart([policy('p', spec)])).toMatchObject({
      verdict: 'allow',
      ignored: [{ kind: 'AuthorizationPolicy', namespace: 'shop', name: 'p', reason: expect.any(String) }],
    });
  });

  test('ports of mutual TLS without a selector', async () => {
    const wrong = mtls('m', { mtls: { mode: 'STRICT' }, portLevelMtls: { 80: { mode: 'STRICT' } } });
    expect(await cart([wrong], { plaintext: true })).toMatchObject({
      verdict: 'allow',
      ignored: [{ name: 'm' }],
    });
  });
});

describe('several pods', () => {
  test('are allowed only if all are, and a denial says where some are', async () => {
    const shut = policy('p', { selector: { matchLabels: { app: 'web' } } });
    const both = { to: 'shop/tier=x', from: { pod: 'mesh/api' } };
    const tiers = [pod('shop', 'web', { tier: 'x' }), pod('shop', 'cart', { tier: 'x' })];
    expect(await cart(tiers, both)).toMatchObject({ verdict: 'allow' });
    expect(await cart([...tiers, shut], both)).toMatchObject({ verdict: 'deny', partial: true });
  });
});

describe('hostile input', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const spec = fc.dictionary(
    fc.constantFrom('rules', 'selector', 'targetRefs', 'action', 'provider', 'mtls', 'portLevelMtls'),
    json,
  );
  const inRule = fc.dictionary(fc.constantFrom('from', 'to', 'when'), fc.oneof(json, fc.array(json)));

  test('gets an answer, or an error that is no defect', async () => {
    await fc.assert(
      fc.asyncProperty(spec, inRule, fc.boolean(), async (wild, rule, tame) => {
        const policies = [policy('p', tame ? { rules: [rule] } : wild), mtls('m', wild)];
        expect((await cart(policies)).error?.code).not.toBe('internal');
      }),
    );
  });
});
