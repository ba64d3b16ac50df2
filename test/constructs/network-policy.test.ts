import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CiliumNetworkPolicy,
  type CiliumNetworkPolicyProps,
  Deployment,
  dns,
  doesNotExist,
  type EgressRule,
  everyNamespace,
  everyPod,
  exists,
  type IngressRule,
  ipBlock,
  isIn,
  isNotIn,
  NetworkPolicy,
  type NetworkPolicyProps,
  namespaces,
  type Peer,
  pods,
  podsIn,
  port,
  tcp,
  udp,
  where,
} from '../../constructs/index.ts';
import { chart, http, server } from './support.ts';

const specOf = (props: NetworkPolicyProps) => new NetworkPolicy(chart(), 'policy', props).toJson().spec;
const ingressOf = (rule: IngressRule) => specOf({ pods: { app: 'api' }, ingress: [rule] })?.ingress?.[0];
const egressOf = (rule: EgressRule) => specOf({ pods: { app: 'api' }, egress: [rule] })?.egress?.[0];
const peerOf = (peer: Peer) => ingressOf({ from: peer, ports: 80 })?.from?.[0];

describe('NetworkPolicy', () => {
  test('denies a direction by saying nothing', () => {
    expect(specOf({ pods: everyPod, ingress: 'nothing' })).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
    });
    expect(specOf({ pods: everyPod, ingress: 'nothing', egress: 'nothing' })?.policyTypes).toEqual([
      'Ingress',
      'Egress',
    ]);
  });

  test('leaves the direction alone that it does not name', () => {
    expect(specOf({ pods: { app: 'api' }, egress: [dns] })).toMatchObject({
      podSelector: { matchLabels: { app: 'api' } },
      policyTypes: ['Egress'],
    });
  });

  test('lets pods ask the DNS of the cluster: one peer, both protocols', () => {
    expect(egressOf(dns)).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    });
  });

  test('takes anywhere and every port only at their word', () => {
    expect(egressOf({ to: 'anywhere', ports: tcp(443) })).toEqual({
      ports: [{ protocol: 'TCP', port: 443 }],
    });
    expect(ingressOf({ from: pods(everyPod), ports: 'every port' })).toEqual({ from: [{ podSelector: {} }] });
  });

  test('writes each port with its protocol, ranges with their holes', () => {
    expect(
      ingressOf({ from: 'anywhere', ports: [http, 9090, udp(53), tcp(3000, 9000).except(8088)] })?.ports,
    ).toEqual([
      { protocol: 'TCP', port: 8080 },
      { protocol: 'TCP', port: 9090 },
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 3000, endPort: 8087 },
      { protocol: 'TCP', port: 8089, endPort: 9000 },
    ]);
  });

  test('selects by expressions', () => {
    const selector = where(
      { team: 'a' },
      isIn('app', 'x', 'y'),
      isNotIn('tier', 'z'),
      exists('a'),
      doesNotExist('b'),
    );
    expect(specOf({ pods: selector, ingress: 'nothing' })?.podSelector).toEqual({
      matchLabels: { team: 'a' },
      matchExpressions: [
        { key: 'app', operator: 'In', values: ['x', 'y'] },
        { key: 'tier', operator: 'NotIn', values: ['z'] },
        { key: 'a', operator: 'Exists' },
        { key: 'b', operator: 'DoesNotExist' },
      ],
    });
  });

  test('selects the pods of a workload', () => {
    const scope = chart();
    const api = new Deployment(scope, 'api', { selector: { app: 'api' }, replicas: 1, containers: [server] });
    const policy = new NetworkPolicy(scope, 'policy', {
      pods: api,
      ingress: [{ from: pods(api), ports: http }],
    });
    expect(policy.toJson().spec).toMatchObject({
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }],
    });
  });
});

describe('a peer is one party: all of its conditions', () => {
  const team = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'team' } } };

  test('pods of the namespace of the policy', () => {
    expect(peerOf(pods({ app: 'web' }))).toEqual({ podSelector: { matchLabels: { app: 'web' } } });
  });

  test('all pods of a namespace', () => {
    expect(peerOf(namespaces('team'))).toEqual(team);
    expect(peerOf(namespaces({ kind: 'edge' }))).toEqual({
      namespaceSelector: { matchLabels: { kind: 'edge' } },
    });
    expect(peerOf(namespaces(everyNamespace))).toEqual({ namespaceSelector: {} });
  });

  test('some pods of a namespace, AND', () => {
    expect(peerOf(podsIn('team', { app: 'web' }))).toEqual({
      ...team,
      podSelector: { matchLabels: { app: 'web' } },
    });
  });

  test('a list of peers means any of them, OR', () => {
    const from = [namespaces('team'), pods({ app: 'web' })] as const;
    expect(ingressOf({ from, ports: 80 })?.from).toEqual([
      team,
      { podSelector: { matchLabels: { app: 'web' } } },
    ]);
  });

  test('a network with holes', () => {
    const peer = ipBlock('0.0.0.0/0', { except: ['10.0.0.0/8', '169.254.0.0/16'] });
    expect(peerOf(peer)).toEqual({
      ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16'] },
    });
    expect(peerOf(ipBlock('10.225.0.0/28'))).toEqual({ ipBlock: { cidr: '10.225.0.0/28' } });
  });

  test.each<[string, Peer, string]>([
    ['host bits', ipBlock('10.225.0.1/28'), 'platform/policy: ingress[0]: "10.225.0.1/28" has host bits set'],
    [
      'a hole outside the network',
      ipBlock('10.0.0.0/8', { except: ['11.0.0.0/16'] }),
      '11.0.0.0/16 does not lie inside 10.0.0.0/8',
    ],
    [
      'a hole as large as the network',
      ipBlock('10.0.0.0/8', { except: ['10.0.0.0/8'] }),
      '10.0.0.0/8 does not lie inside 10.0.0.0/8',
    ],
    [
      'a hole of the other family',
      ipBlock('0.0.0.0/0', { except: ['fc00::/7'] }),
      'fc00::/7 does not lie inside',
    ],
    [
      'empty labels',
      pods({}),
      'selects everything by being empty; name labels, or say everyPod or everyNamespace',
    ],
    ['a bad label', pods({ app: '-' }), '"-" is not a label value'],
    ['a bad value in an expression', pods(where(isIn('app', 'a b'))), '"a b" is not a label value'],
  ])('fails for %s', (_, peer, message) => {
    expect(() => peerOf(peer)).toThrow(message);
  });

  test('fails for a workload of another namespace', () => {
    const scope = chart();
    const other = new Chart(scope, 'other', { namespace: 'team' });
    const web = new Deployment(other, 'web', { selector: { app: 'web' }, replicas: 1, containers: [server] });
    const as = (from: Peer) =>
      new NetworkPolicy(scope, 'policy', { pods: everyPod, ingress: [{ from, ports: 80 }] });
    expect(() => as(pods(web))).toThrow(
      'its pods run in namespace team, the policy is in agents; use podsIn',
    );
    expect(() => as(podsIn('team', web))).not.toThrow();
    expect(() => new NetworkPolicy(scope, 'own', { pods: web, ingress: 'nothing' })).toThrow(
      'platform/own: pods: the workload is in namespace team, not agents; put both into one namespace',
    );
  });

  test('fails for labels that contradict each other', () => {
    expect(() => where({ app: 'a' }, { app: 'b' })).toThrow(
      'label selector: app: b contradicts a; name one value, or use isIn for either',
    );
    expect(where({ app: 'a' }, { app: 'a', tier: 'b' }).labels).toEqual({ app: 'a', tier: 'b' });
  });

  test('fails for a range of which nothing is left', () => {
    expect(() => ingressOf({ from: 'anywhere', ports: tcp(80).except(80) })).toThrow(
      "ingress[0]: ports: has no port, which would mean every port; name ports, or say 'every port'",
    );
  });
});

describe('CiliumNetworkPolicy', () => {
  const egress = (...rules: CiliumNetworkPolicyProps['egress']) =>
    new CiliumNetworkPolicy(chart(), 'policy', { pods: { app: 'api' }, egress: rules }).toJson().spec?.egress;

  const dnsRule = {
    toEndpoints: [
      { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s-app': 'kube-dns' } },
    ],
    toPorts: [
      {
        ports: [
          { port: '53', protocol: 'UDP' },
          { port: '53', protocol: 'TCP' },
        ],
        rules: { dns: [{ matchPattern: '*' }] },
      },
    ],
  };

  test('lets out by name, and brings the DNS rule without which names mean nothing', () => {
    expect(egress({ names: ['registry.npmjs.org'], patterns: ['*.npmjs.org'], ports: [443] })).toEqual([
      dnsRule,
      {
        toFQDNs: [{ matchName: 'registry.npmjs.org' }, { matchPattern: '*.npmjs.org' }],
        toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
      },
    ]);
  });

  test('brings the DNS rule once', () => {
    const rule = { names: ['a.example.org'], ports: [443] } as const;
    expect(
      egress({ entities: ['kube-apiserver'], ports: 'every port' }, rule, rule)?.filter((r) => r.toEndpoints),
    ).toEqual([dnsRule]);
  });

  test('fails for a workload of another namespace, unless the rule names it', () => {
    const scope = chart();
    const other = new Chart(scope, 'other', { namespace: 'data' });
    const store = new Deployment(other, 'store', {
      selector: { app: 'db' },
      replicas: 1,
      containers: [server],
    });
    expect(() => egress({ pods: store, ports: [5432] })).toThrow(
      'platform/policy: egress[0]: its pods run in namespace data; name that namespace in the rule',
    );
    expect(() => egress({ pods: store, namespace: 'data', ports: [5432] })).not.toThrow();
    const rule = { entities: ['world'], ports: [443] } as const;
    expect(() => new CiliumNetworkPolicy(scope, 'own', { pods: store, egress: [rule] })).toThrow(
      'platform/own: pods: the workload is in namespace data, not agents',
    );
  });

  test('leaves DNS alone where nothing goes by name', () => {
    expect(egress({ entities: ['kube-apiserver'], ports: 'every port' })).toEqual([
      { toEntities: ['kube-apiserver'] },
    ]);
  });

  test('narrows what may be looked up', () => {
    const policy = new CiliumNetworkPolicy(chart(), 'policy', {
      pods: where(isIn('app', 'a', 'b')),
      egress: [{ patterns: ['*.npmjs.org'], ports: [tcp(443)] }],
      lookups: ['*.npmjs.org'],
    }).toJson().spec;
    expect(policy?.egress?.[0]?.toPorts?.[0]?.rules?.dns).toEqual([{ matchPattern: '*.npmjs.org' }]);
    expect(policy?.endpointSelector).toEqual({
      matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }],
    });
  });

  test('lets out to networks and to pods, with ports as texts', () => {
    expect(egress({ cidrs: ['10.0.0.0/8'], ports: [tcp(3000, 9000).except(8088)] })?.[0]).toEqual({
      toCIDR: ['10.0.0.0/8'],
      toPorts: [
        {
          ports: [
            { port: '3000', protocol: 'TCP', endPort: 8087 },
            { port: '8089', protocol: 'TCP', endPort: 9000 },
          ],
        },
      ],
    });
    expect(egress({ pods: { app: 'db' }, namespace: 'data', ports: [port('pg', 5432)] })?.[0]).toEqual({
      toEndpoints: [{ matchLabels: { app: 'db', 'k8s:io.kubernetes.pod.namespace': 'data' } }],
      toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }],
    });
  });

  test.each([
    [
      'a pattern for every host',
      { patterns: ['*'], ports: [443] },
      '"*" matches every host; name a domain, or use entities: [\'world\']',
    ],
    [
      'a URL',
      { names: ['https://example.org'], ports: [443] },
      '"https://example.org" is not a DNS subdomain',
    ],
    [
      'a pattern as a name',
      { names: ['*.example.org'], ports: [443] },
      '"*.example.org" is not a DNS subdomain',
    ],
    [
      'host bits',
      { cidrs: ['10.0.0.1/8'], ports: [443] },
      'platform/policy: egress[0]: "10.0.0.1/8" has host bits set',
    ],
  ] as const)('fails for %s', (_, rule, message) => {
    expect(() => egress(rule)).toThrow(message);
  });
});
