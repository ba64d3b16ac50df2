import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askOne } from './ask.ts';

const PODS = ['a', 'b']
  .map(
    (name) =>
      `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop, labels: {app: ${name}}}, spec: {containers: []}}`,
  )
  .join('\n---\n');
const QUESTION = { type: 'reach', from: 'shop/a', to: 'shop/b', port: 80 };

describe('reach: endpoints', () => {
  test.each([
    ['shop/a'],
    ['pod:shop/a'],
    ['shop/Pod/a'],
    ['shop/app=a'],
    ['any:elsewhere'],
    ['any:elsewhere/app=x,tier=y'],
    ['ip:10.0.0.1'],
    ['cidr:10.0.0.0/8'],
    ['entity:world'],
    [{ pod: 'shop/a' }],
    [{ workload: 'shop/Pod/a' }],
    [{ namespace: 'x', labels: { app: 'y' }, serviceAccount: 's', namedPorts: { web: { port: 80 } } }],
    [{ ip: '2001:db8::1' }],
    [{ entity: 'remote-node' }],
  ])('from %j', async (from) => {
    expect(await askOne(PODS, { ...QUESTION, from })).toMatchObject({ verdict: 'allow', because: [] });
  });

  test.each([
    ['shop', 'malformed'],
    ['shop/Pod/a/b', 'malformed'],
    ['shop/none', 'not-found'],
    ['shop/app=none', 'not-found'],
    ['pod:shop/none', 'not-found'],
    ['service:shop/none', 'not-found'],
    ['ip:10.0.0', 'malformed'],
    ['cidr:10.0.0.0', 'malformed'],
    ['entity:moon', 'malformed'],
    ['fqdn:a..b', 'malformed'],
    [{}, 'malformed'],
    [{ pod: 'shop/a', ip: '10.0.0.1' }, 'malformed'],
    [{ pods: 'shop/a' }, 'malformed'],
    [7, 'malformed'],
  ])('fails to %j: %s', async (to, code) => {
    expect(await askOne(PODS, { ...QUESTION, to })).toMatchObject({ error: { code } });
  });

  test('fails where no pod is asked about, for no policy has a say', async () => {
    expect(await askOne(PODS, { ...QUESTION, from: 'ip:10.0.0.1', to: 'ip:10.0.0.2' })).toMatchObject({
      error: { code: 'malformed' },
    });
  });

  test.each([
    [{ port: 70000 }],
    [{ port: 0 }],
    [{ port: 'web', to: 'ip:10.0.0.1' }],
    [{ protocol: 'tcp' }],
    [{ port: 300, protocol: 'ICMP' }],
    [{ http: { verb: 'GET' } }],
  ])('fails with %j', async (fields) => {
    expect(await askOne(PODS, { ...QUESTION, ...fields })).toMatchObject({ error: { code: 'malformed' } });
  });
});

describe('reach: hostile input', () => {
  test('any value as an endpoint or port is answered, or refused for what it is', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string().map((text) => `shop/${text}`),
      fc.string().map((text) => `any:${text}`),
    );
    await fc.assert(
      fc.asyncProperty(value, value, value, async (from, to, port) => {
        expect((await askOne(PODS, { type: 'reach', from, to, port })).error?.code).not.toBe('internal');
      }),
    );
  });

  test('policies of any shape take part, or are left out with a reason', async () => {
    const words = [
      'ingress',
      'egress',
      'from',
      'to',
      'ports',
      'port',
      'podSelector',
      'namespaceSelector',
      'ipBlock',
      'cidr',
      'matchLabels',
      'matchExpressions',
      'endpointSelector',
      'fromEndpoints',
      'toEndpoints',
      'toPorts',
      'rules',
      'http',
      'dns',
      'toFQDNs',
      'matchPattern',
      'toEntities',
      'toCIDRSet',
      'icmps',
      'fields',
      'subject',
      'pods',
      'priority',
      'action',
      'specs',
    ];
    const leaf = fc.constantFrom<unknown>(
      null,
      true,
      0,
      80,
      -1,
      '',
      '80',
      '*',
      '(',
      'TCP',
      'all',
      '10.0.0.0/8',
      'Allow',
    );
    const { spec } = fc.letrec<{ spec: unknown }>((tie) => ({
      spec: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('spec'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words), tie('spec'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    const kind = fc.constantFrom(
      ['networking.k8s.io/v1', 'NetworkPolicy'],
      ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'],
      ['policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy'],
      ['cilium.io/v2', 'CiliumNetworkPolicy'],
      ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy'],
    );
    await fc.assert(
      fc.asyncProperty(kind, spec, async ([apiVersion, name], any) => {
        const selector = { podSelector: {}, endpointSelector: {}, subject: { namespaces: {} }, priority: 1 };
        const filled =
          typeof any === 'object' && any !== null && !Array.isArray(any) ? { ...selector, ...any } : any;
        const metadata = { name: 'default', namespace: 'shop' };
        const manifest = JSON.stringify({ apiVersion, kind: name, metadata, spec: filled });
        for (const to of ['shop/b', 'fqdn:example.com', 'ip:10.0.0.1']) {
          const { error } = await askOne(`${PODS}\n---\n${manifest}`, { ...QUESTION, to });
          expect(error === undefined || error.code === 'unsupported', JSON.stringify(error)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
