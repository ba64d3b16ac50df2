import { describe, expect, test } from 'vitest';
import { policy, reach, verdict } from './cluster.ts';

const ON_A = 'endpointSelector: {matchLabels: {pod: a}}';
const cnp = (fields: string, name = 'p'): string =>
  policy(`{${ON_A}, ${fields}}`, 'CiliumNetworkPolicy', name);
const ccnp = (fields: string, name = 'c'): string =>
  policy(`{${ON_A}, ${fields}}`, 'CiliumClusterwideNetworkPolicy', name);

/** Whether b of namespace x reaches x/a, and x/a reaches it, on TCP 80. */
async function both(...policies: string[]): Promise<[string, string]> {
  return [await verdict(policies, 'x/b', 'x/a'), await verdict(policies, 'x/a', 'x/b')];
}

describe('Cilium: default deny by direction', () => {
  test.each([
    ['ingress: [{}]', 'deny ingress', 'allow'],
    ['egress: [{}]', 'allow', 'deny egress'],
    ['ingress: [{}], egress: [{}]', 'deny ingress', 'deny egress'],
    ['ingressDeny: [{fromEndpoints: [{matchLabels: {pod: z}}]}]', 'deny ingress', 'allow'],
    ['ingress: [], egress: [{}]', 'allow', 'deny egress'],
    ['enableDefaultDeny: {ingress: false}, ingress: [{}]', 'allow', 'allow'],
    ['enableDefaultDeny: {egress: true}, ingress: [{}]', 'deny ingress', 'deny egress'],
    [
      'enableDefaultDeny: {ingress: false}, ingressDeny: [{fromEndpoints: [{matchLabels: {pod: b}}]}]',
      'deny ingress',
      'allow',
    ],
    [
      'enableDefaultDeny: {ingress: false}, ingressDeny: [{fromEndpoints: [{matchLabels: {pod: c}}]}]',
      'allow',
      'allow',
    ],
  ])('%s', async (fields, into, out) => {
    expect(await both(cnp(fields))).toEqual([into, out]);
  });

  test('one policy that isolates is enough', async () => {
    expect(
      await both(cnp('enableDefaultDeny: {ingress: false}, ingress: [{}]'), cnp('ingress: [{}]', 'q')),
    ).toEqual(['deny ingress', 'allow']);
  });
});

describe('Cilium: peers of ingress', () => {
  test.each([
    ['{fromEndpoints: [{}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{}]}', 'w/b', 'deny ingress'],
    ['{fromEndpoints: [{}]}', 'entity:world', 'deny ingress'],
    ['{fromEndpoints: []}', 'x/b', 'deny ingress'],
    ['{fromEndpoints: [], toPorts: [{ports: [{port: "80"}]}]}', 'x/b', 'deny ingress'],
    ['{fromEndpoints: [{matchLabels: {pod: b}}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {k8s:pod: b}}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {any:pod: b}}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {pod: b}}]}', 'w/b', 'deny ingress'],
    ['{fromEndpoints: [{matchLabels: {pod: b, k8s:io.kubernetes.pod.namespace: w}}]}', 'w/b', 'allow'],
    [
      '{fromEndpoints: [{matchExpressions: [{key: io.kubernetes.pod.namespace, operator: Exists}]}]}',
      'z/c',
      'allow',
    ],
    [
      '{fromEndpoints: [{matchExpressions: [{key: io.kubernetes.pod.namespace, operator: NotIn, values: [w]}]}]}',
      'w/c',
      'deny ingress',
    ],
    ['{fromEndpoints: [{matchLabels: {io.cilium.k8s.namespace.labels.ns: w}}]}', 'w/c', 'allow'],
    ['{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: b}}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: default}}]}', 'x/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: other}}]}', 'x/b', 'deny ingress'],
    ['{fromEndpoints: [{matchLabels: {reserved:remote-node: ""}}]}', 'entity:remote-node', 'allow'],
    ['{fromEndpoints: [{matchLabels: {pod: c}}, {matchLabels: {pod: b}}]}', 'x/b', 'allow'],
    ['{fromEntities: [world]}', 'ip:8.8.8.8', 'allow'],
    ['{fromEntities: [world]}', 'ip:2001:db8::1', 'allow'],
    ['{fromEntities: [world]}', 'x/b', 'deny ingress'],
    ['{fromEntities: [world]}', 'entity:kube-apiserver', 'deny ingress'],
    ['{fromEntities: [cluster]}', 'w/b', 'allow'],
    ['{fromEntities: [cluster]}', 'entity:kube-apiserver', 'allow'],
    ['{fromEntities: [cluster]}', 'entity:cluster', 'allow'],
    ['{fromEntities: [cluster]}', 'entity:world', 'deny ingress'],
    ['{fromEntities: [cluster, world]}', 'entity:all', 'allow'],
    ['{fromEntities: [all]}', 'entity:all', 'allow'],
    ['{fromEntities: [host]}', 'entity:cluster', 'deny ingress'],
    ['{fromCIDR: [10.0.0.0/8, 8.8.8.8]}', 'ip:8.8.8.8', 'allow'],
    ['{fromCIDR: [0.0.0.0/0]}', 'entity:world', 'allow'],
    ['{fromCIDR: [0.0.0.0/0]}', 'x/b', 'deny ingress'],
    ['{fromCIDR: [0.0.0.0/0]}', 'entity:remote-node', 'deny ingress'],
    ['{fromCIDRSet: [{cidr: 10.0.0.0/8, except: [10.2.0.0/16]}]}', 'ip:10.2.0.1', 'deny ingress'],
    ['{fromCIDRSet: [{cidr: 10.0.0.0/8, except: [10.2.0.0/16]}]}', 'ip:10.3.0.1', 'allow'],
    ['{toPorts: [{ports: [{port: "80", protocol: TCP}]}]}', 'w/b', 'allow'],
    ['{toPorts: [{ports: [{port: "80", protocol: TCP}]}]}', 'entity:all', 'allow'],
    ['{toPorts: [{ports: [{port: "80", protocol: UDP}]}]}', 'w/b', 'deny ingress'],
    ['{toPorts: [{ports: [{port: "80"}]}]}', 'w/b', 'allow'],
    ['{toPorts: [{ports: [{port: "0", protocol: TCP}]}]}', 'w/b', 'allow'],
    ['{toPorts: [{ports: [{port: "70", endPort: 90, protocol: TCP}]}]}', 'w/b', 'allow'],
    ['{toPorts: [{ports: [{port: serve-80-tcp}]}]}', 'w/b', 'allow'],
    ['{fromEndpoints: [{matchLabels: {pod: b}}], toPorts: [{ports: [{port: "81"}]}]}', 'x/b', 'deny ingress'],
    ['{fromEndpoints: [{matchLabels: {pod: c}}], toPorts: [{ports: [{port: "80"}]}]}', 'x/b', 'deny ingress'],
    ['{icmps: [{fields: [{type: 8}]}]}', 'x/b', 'deny ingress'],
  ])('%s: %s %s', async (rule, from, expected) => {
    expect(await verdict([cnp(`ingress: [${rule}]`)], from, 'x/a')).toBe(expected);
  });

  test('a clusterwide selector without a namespace means the pods of all, and nothing else', async () => {
    const open = ccnp('ingress: [{fromEndpoints: [{}]}]');
    expect(await verdict([open], 'w/b', 'x/a')).toBe('allow');
    expect(await verdict([open], 'x/b', 'z/a')).toBe('allow');
    expect(await verdict([open], 'entity:remote-node', 'x/a')).toBe('deny ingress');
    expect(await verdict([open], 'entity:world', 'x/a')).toBe('deny ingress');
  });

  test('ICMP types', async () => {
    const echo = cnp('ingress: [{icmps: [{fields: [{type: EchoRequest}, {family: IPv6, type: 128}]}]}]');
    expect(await verdict([echo], 'x/b', 'x/a', { protocol: 'ICMP', port: 8 })).toBe('allow');
    expect(await verdict([echo], 'x/b', 'x/a', { protocol: 'ICMPv6', port: 128 })).toBe('allow');
    expect(await verdict([echo], 'x/b', 'x/a', { protocol: 'ICMP', port: 0 })).toBe('deny ingress');
    expect(await verdict([echo], 'x/b', 'x/a', { protocol: 'ICMP' })).toBe('deny ingress');
  });

  test('a group of blocks', async () => {
    const group =
      '{apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: g, labels: {kind: office}}, spec: {externalCIDRs: [192.0.2.0/24]}}';
    for (const set of ['cidrGroupRef: g', 'cidrGroupSelector: {matchLabels: {kind: office}}']) {
      const rule = cnp(`ingress: [{fromCIDRSet: [{${set}}]}]`);
      expect(await verdict([group, rule], 'ip:192.0.2.1', 'x/a')).toBe('allow');
      expect(await verdict([group, rule], 'ip:192.0.3.1', 'x/a')).toBe('deny ingress');
      expect(await verdict([rule], 'ip:192.0.2.1', 'x/a')).toBe('deny ingress');
    }
  });
});

describe('Cilium: peers of egress', () => {
  test('toServices are the pods behind them', async () => {
    const service =
      '{apiVersion: v1, kind: Service, metadata: {name: s, namespace: w, labels: {kind: db}}, spec: {selector: {pod: b}, ports: [{port: 80}]}}';
    for (const ref of [
      'k8sService: {serviceName: s, namespace: w}',
      'k8sServiceSelector: {namespace: w, selector: {matchLabels: {kind: db}}}',
    ]) {
      const rule = cnp(`egress: [{toServices: [{${ref}}]}]`);
      expect(await verdict([service, rule], 'x/a', 'w/b')).toBe('allow');
      expect(await verdict([service, rule], 'x/a', 'w/c')).toBe('deny egress');
    }
  });

  test.each([
    ['{toEntities: [kube-apiserver]}', 'entity:kube-apiserver', 'allow'],
    ['{toEntities: [world]}', 'entity:kube-apiserver', 'deny egress'],
    ['{toCIDR: [0.0.0.0/0]}', 'entity:kube-apiserver', 'deny egress'],
    ['{toPorts: [{ports: [{port: "80"}]}]}', 'entity:kube-apiserver', 'allow'],
  ])('%s: %s %s', async (rule, to, expected) => {
    expect(await verdict([cnp(`egress: [${rule}]`)], 'x/a', to)).toBe(expected);
  });
});

describe('Cilium: allows are united, a deny beats them', () => {
  const open = policy('{podSelector: {}, ingress: [{}]}');

  test('a NetworkPolicy adds to a CiliumNetworkPolicy', async () => {
    const b = policy('{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]}');
    const c = cnp('ingress: [{fromEndpoints: [{matchLabels: {pod: c}}]}]', 'q');
    expect(await verdict([b, c], 'x/b', 'x/a')).toBe('allow');
    expect(await verdict([b, c], 'x/c', 'x/a')).toBe('allow');
    expect(await verdict([b, c], 'w/b', 'x/a')).toBe('deny ingress');
  });

  test('a clusterwide deny beats a NetworkPolicy, for its peers and ports', async () => {
    const deny = ccnp(
      'ingressDeny: [{fromEndpoints: [{matchLabels: {pod: b}}], toPorts: [{ports: [{port: "80"}]}]}]',
    );
    const answer = await reach([open, deny], 'x/b', 'x/a');
    expect(answer).toMatchObject({
      verdict: 'deny',
      stage: 'ingress',
      because: [
        {
          effect: 'deny',
          policy: { kind: 'CiliumClusterwideNetworkPolicy', name: 'c' },
          path: '/spec/ingressDeny/0',
        },
      ],
    });
    expect(await verdict([open, deny], 'x/b', 'x/a', { port: 81 })).toBe('allow');
    expect(await verdict([open, deny], 'x/c', 'x/a')).toBe('allow');
  });

  test('a deny of some addresses denies a block that holds them', async () => {
    const deny = cnp('egress: [{toEntities: [all]}], egressDeny: [{toCIDR: [10.0.0.0/8]}]');
    expect(await verdict([deny], 'x/a', 'ip:11.0.0.1')).toBe('allow');
    expect(await verdict([deny], 'x/a', 'cidr:10.0.0.0/7')).toBe('deny egress');
  });
});

describe('Cilium: requests', () => {
  const limited = cnp(`ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "80", protocol: TCP}],
    rules: {http: [{method: GET, path: "/public/.*"}, {method: "PUT|POST", headers: ["X-Key: 1"]}]}}]}]`);
  const get = (path: string): object => ({ port: 80, http: { method: 'GET', path } });

  test('patterns hold for the whole string', async () => {
    expect(await verdict([limited], 'x/b', 'x/a', get('/public/x'))).toBe('allow');
    expect(await verdict([limited], 'x/b', 'x/a', get('/public'))).toBe('deny l7');
    expect(await verdict([limited], 'x/b', 'x/a', get('/x/public/x'))).toBe('deny l7');
    expect(await verdict([limited], 'w/b', 'x/a', get('/public/x'))).toBe('deny ingress');
  });

  test('headers must be there with their value', async () => {
    const post = (headers: object): object => ({ port: 80, http: { method: 'POST', path: '/', headers } });
    expect(await verdict([limited], 'x/b', 'x/a', post({ 'x-key': '1' }))).toBe('allow');
    expect(await verdict([limited], 'x/b', 'x/a', post({ 'X-Key': '2' }))).toBe('deny l7');
    expect(await verdict([limited], 'x/b', 'x/a', post({}))).toBe('deny l7');
  });

  test('the connection alone passes', async () => {
    expect(await verdict([limited], 'x/b', 'x/a')).toBe('allow');
  });

  test('an allow without a limit for the same peer and port cancels it', async () => {
    for (const rule of ['{fromEndpoints: [{}]}', '{toPorts: [{ports: [{port: "80"}]}]}']) {
      expect(await verdict([limited, cnp(`ingress: [${rule}]`, 'q')], 'x/b', 'x/a', get('/x'))).toBe('allow');
    }
    const other = cnp('ingress: [{toPorts: [{ports: [{port: "81"}]}]}]', 'q');
    expect(await verdict([limited, other], 'x/b', 'x/a', get('/x'))).toBe('deny l7');
  });

  test('names of servers', async () => {
    const sni = cnp(
      'egress: [{toPorts: [{ports: [{port: "443", protocol: TCP}], serverNames: [a.example.com]}]}]',
    );
    expect(await verdict([sni], 'x/a', 'ip:8.8.8.8', { port: 443, sni: 'a.example.com' })).toBe('allow');
    expect(await verdict([sni], 'x/a', 'ip:8.8.8.8', { port: 443, sni: 'b.example.com' })).toBe('deny l7');
    expect(await verdict([sni], 'x/a', 'ip:8.8.8.8', { port: 443 })).toBe('error unsupported');
    const any = cnp('egress: [{toPorts: [{ports: [{port: "443"}], serverNames: ["*.example.com"]}]}]');
    expect(await verdict([any], 'x/a', 'ip:8.8.8.8', { port: 443, sni: 'a.example.com' })).toBe('allow');
  });
});

describe('Cilium: names', () => {
  const dns = (pattern: string): string =>
    `{toEndpoints: [{matchLabels: {k8s-app: kube-dns, k8s:io.kubernetes.pod.namespace: kube-system}}],
      toPorts: [{ports: [{port: "53", protocol: ANY}], rules: {dns: [{matchPattern: "${pattern}"}]}}]}`;
  const fqdn = (rule: string): string => `{toFQDNs: [{${rule}}], toPorts: [{ports: [{port: "443"}]}]}`;
  const https = { port: 443 };

  test.each([
    ['matchName: api.github.com', 'api.github.com', 'allow'],
    ['matchName: API.github.com.', 'api.GitHub.com', 'allow'],
    ['matchName: api.github.com', 'github.com', 'deny egress'],
    ['matchPattern: "*.github.com"', 'api.github.com', 'allow'],
    ['matchPattern: "*.github.com"', 'github.com', 'deny egress'],
    ['matchPattern: "*.github.com"', 'a.b.github.com', 'deny egress'],
    ['matchPattern: "**.github.com"', 'a.b.github.com', 'allow'],
    ['matchPattern: "**.github.com"', 'github.com', 'deny egress'],
    ['matchPattern: "a**.github.com"', 'api.github.com', 'allow'],
    ['matchPattern: "*pi.git*.com"', 'api.github.com', 'allow'],
    ['matchPattern: "*"', 'any.example', 'allow'],
  ])('toFQDNs %s, to %s: %s', async (rule, name, expected) => {
    const rules = cnp(`egress: [${dns('*')}, ${fqdn(rule)}]`);
    expect(await verdict([rules], 'x/a', `fqdn:${name}`, https)).toBe(expected);
  });

  test('a name must be looked up through the proxy', async () => {
    const github = fqdn('matchName: api.github.com');
    const plain = '{toEndpoints: [{matchLabels: {k8s:io.kubernetes.pod.namespace: kube-system}}]}';
    const to = 'fqdn:api.github.com';
    expect(await verdict([cnp(`egress: [${github}]`)], 'x/a', to, https)).toBe('deny dns');
    expect(await verdict([cnp(`egress: [${plain}, ${github}]`)], 'x/a', to, https)).toBe('deny dns');
    expect(await verdict([cnp(`egress: [${dns('*.example.com')}, ${github}]`)], 'x/a', to, https)).toBe(
      'deny dns',
    );
    expect(await verdict([cnp(`egress: [${dns('*.github.com')}, ${github}]`)], 'x/a', to, https)).toBe(
      'allow',
    );
    // a rule on ports alone lifts the limit on names and leaves the proxy in place
    expect(
      await verdict([cnp(`egress: [${dns('*.example.com')}, ${plain}, ${github}]`)], 'x/a', to, https),
    ).toBe('allow');
    expect(
      await verdict([cnp(`egress: [${github}]`), cnp(`egress: [${dns('*')}]`, 'q')], 'x/a', to, https),
    ).toBe('allow');
  });

  test('rules on the world open names too, once they can be looked up', async () => {
    const world = '{toEntities: [world]}';
    expect(await verdict([cnp(`egress: [${world}, ${dns('*')}]`)], 'x/a', 'fqdn:pypi.org', https)).toBe(
      'allow',
    );
    expect(await verdict([cnp('egress: [{toCIDR: [140.82.112.0/20]}]')], 'x/a', 'fqdn:pypi.org', https)).toBe(
      'deny egress',
    );
    expect(
      await verdict(
        [cnp(`egress: [${dns('*')}, {toCIDR: [140.82.112.0/20]}]`)],
        'x/a',
        'fqdn:pypi.org',
        https,
      ),
    ).toBe('deny egress');
  });

  test('a denied block that the name may lie in cannot be judged', async () => {
    const rules = cnp(
      `egress: [${dns('*')}, ${fqdn('matchName: pypi.org')}], egressDeny: [{toCIDR: [151.101.0.0/16]}]`,
    );
    expect(await verdict([rules], 'x/a', 'fqdn:pypi.org', https)).toBe('error unsupported');
  });

  test('queries are judged by DNS rules', async () => {
    const rules = cnp(`egress: [${dns('*.github.com')}]`);
    const resolver = 'any:kube-system/k8s-app=kube-dns';
    const query = (dnsQuery: string): object => ({ port: 53, protocol: 'UDP', dnsQuery });
    expect(await verdict([rules], 'x/a', resolver, query('api.github.com'))).toBe('allow');
    expect(await verdict([rules], 'x/a', resolver, query('pypi.org'))).toBe('deny dns');
  });
});

describe('Cilium: what it refuses takes no part', () => {
  test.each([
    ['ingress: []', 'none of'],
    ['ingress: [{fromEndpoints: [{}], fromEntities: [all]}]', 'stand in one rule'],
    ['egress: [{toFQDNs: [{matchName: a.b}], toCIDR: [10.0.0.0/8]}]', 'stand in one rule'],
    ['egressDeny: [{toFQDNs: [{matchName: a.b}]}]', 'deny rule'],
    ['ingress: [{fromEntities: [moon]}]', 'unknown'],
    ['ingress: [{fromCIDR: [10.0.0.0/33]}]', 'no CIDR'],
    ['ingress: [{fromCIDRSet: [{cidr: 10.0.0.0/8, except: [11.0.0.0/8]}]}]', 'not within'],
    ['ingress: [{toPorts: [{ports: [{port: "70000"}]}]}]', 'not between'],
    ['ingress: [{toPorts: [{ports: [{protocol: TCP}]}]}]', 'missing'],
    [
      'ingress: [{toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{path: "("}]}}]}]',
      'regular expression',
    ],
    ['ingress: [{toPorts: [{ports: [{port: "80"}], rules: {http: [{}]}}]}]', 'only DNS'],
    ['ingress: [{toPorts: [{ports: [{port: "53"}], rules: {dns: [{matchPattern: "*"}]}}]}]', 'on ingress'],
    [
      'egress: [{toPorts: [{ports: [{port: "53", endPort: 54}], rules: {dns: [{matchPattern: "*"}]}}]}]',
      'range',
    ],
    ['ingress: [{toPorts: [{ports: [{port: "80"}]}], icmps: [{fields: [{type: 8}]}]}]', 'icmps'],
    [
      'egress: [{toPorts: [{ports: [{port: "443", protocol: TCP}], serverNames: [a.b], rules: {http: [{}]}}]}]',
      'terminatingTLS',
    ],
    ['ingress: [{toPorts: [{ports: [{port: "0", protocol: TCP}], rules: {http: [{}]}}]}]', 'port 0'],
    ['ingress: [{}], nodeSelector: {}', 'nodeSelector'],
  ])('%s', async (fields, reason) => {
    const answer = await reach([cnp(fields)], 'x/b', 'x/a');
    expect(answer).toMatchObject({
      verdict: 'allow',
      ignored: [{ name: 'p', reason: expect.stringContaining(reason) }],
    });
  });

  test('and where the network is not Cilium, nothing does', async () => {
    const answer = await reach([cnp('ingress: [{}]')], 'x/b', 'x/a', undefined, { cni: 'kubernetes' });
    expect(answer).toMatchObject({ verdict: 'allow', ignored: [{ kind: 'CiliumNetworkPolicy', name: 'p' }] });
  });
});
