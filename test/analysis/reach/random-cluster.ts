import fc from 'fast-check';
import type { AnyPolicy, CiliumRule, NaivePod, NetworkPolicyPeer, NetworkPolicyRule } from './naive.ts';

/** A cluster small enough that policies often meet. */
export interface RandomCluster {
  readonly pods: readonly NaivePod[];
  readonly policies: readonly AnyPolicy[];
}

const NAMESPACES = ['one', 'two', 'three'];
const namespace = fc.constantFrom(...NAMESPACES);
const value = fc.constantFrom('a', 'b', 'c');
const key = fc.constantFrom('app', 'tier');

const selector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: fc.dictionary(key, value, { minKeys: 1, maxKeys: 2, noNullPrototype: true }) }),
  fc.record({
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key,
          operator: fc.constantFrom('In', 'NotIn'),
          values: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }),
        }),
        fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
);

const namespaceSelector = fc.oneof(
  fc.constant({}),
  namespace.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
);

const BLOCKS: readonly { cidr: string; except: string[] }[] = [
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] },
  { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] },
  { cidr: '10.1.0.0/16', except: [] },
  { cidr: '10.2.3.0/24', except: ['10.2.3.4/32'] },
  { cidr: '255.255.255.255/32', except: [] },
];

const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector: selector }),
  fc.constantFrom(...BLOCKS).map((ipBlock) => ({ ipBlock })),
);

const protocol = fc.constantFrom('TCP', 'UDP');
const port = fc.oneof(
  fc.record({ port: fc.constantFrom<number | string>(80, 81, 'web', 'dns') }),
  fc.record({ port: fc.constantFrom<number | string>(80, 443, 'web', 'dns'), protocol }),
  fc.record({ protocol }),
  fc.record({ port: fc.constant(79), endPort: fc.constantFrom(80, 443), protocol }),
);

function rule(side: 'from' | 'to'): fc.Arbitrary<NetworkPolicyRule> {
  return fc.record(
    { [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) },
    { requiredKeys: [] },
  );
}

const networkPolicy = fc.record({
  kind: fc.constant('NetworkPolicy' as const),
  metadata: fc.record({ name: fc.constant(''), namespace }),
  spec: fc.record(
    {
      podSelector: selector,
      policyTypes: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress')),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
});

const toPorts = fc.array(
  fc.record({
    ports: fc.array(
      fc.oneof(
        fc.record({ port: fc.constantFrom('80', '443') }),
        fc.record({ port: fc.constantFrom('80', '443'), protocol: fc.constantFrom('TCP', 'UDP', 'ANY') }),
        fc.record({ port: fc.constant('79'), endPort: fc.constantFrom(80, 443), protocol }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 2 },
);

function ciliumRule(side: 'from' | 'to'): fc.Arbitrary<CiliumRule> {
  const peers = fc.oneof(
    fc.constant({}),
    fc.array(selector, { maxLength: 2 }).map((selectors) => ({ [`${side}Endpoints`]: selectors })),
    fc
      .uniqueArray(fc.constantFrom('all', 'world', 'cluster'), { minLength: 1, maxLength: 2 })
      .map((entities) => ({ [`${side}Entities`]: entities })),
    fc
      .uniqueArray(fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0'), { minLength: 1, maxLength: 2 })
      .map((blocks) => ({ [`${side}CIDR`]: blocks })),
  );
  return fc
    .tuple(peers, fc.option(toPorts, { nil: undefined }))
    .map(([who, ports]) => ({ ...who, ...(ports === undefined ? {} : { toPorts: ports }) }));
}

const ciliumPolicy = fc.record({
  kind: fc.constant('CiliumNetworkPolicy' as const),
  metadata: fc.record({ name: fc.constant(''), namespace }),
  spec: fc
    .record(
      {
        endpointSelector: selector,
        enableDefaultDeny: fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, { requiredKeys: [] }),
        ingress: fc.array(ciliumRule('from'), { minLength: 1, maxLength: 2 }),
        egress: fc.array(ciliumRule('to'), { minLength: 1, maxLength: 2 }),
        ingressDeny: fc.array(ciliumRule('from'), { minLength: 1, maxLength: 1 }),
        egressDeny: fc.array(ciliumRule('to'), { minLength: 1, maxLength: 1 }),
      },
      { requiredKeys: ['endpointSelector'] },
    )
    .filter((spec) => Object.keys(spec).some((field) => /gress/.test(field))),
});

const pod = fc.record({
  namespace,
  name: fc.constant(''),
  labels: fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true }),
  ports: fc.uniqueArray(
    fc.constantFrom(
      { name: 'web', containerPort: 80 },
      { name: 'web', containerPort: 8080 },
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
    ),
    { selector: ({ name }) => name },
  ),
});

function cluster(policy: fc.Arbitrary<AnyPolicy>): fc.Arbitrary<RandomCluster> {
  return fc
    .record({
      pods: fc.array(pod, { minLength: 2, maxLength: 5 }),
      policies: fc.array(policy, { maxLength: 5 }),
    })
    .map(({ pods, policies }) => ({
      pods: pods.map((each, index) => ({ ...each, name: `pod-${index}` })),
      policies: policies.map((each, index) => ({
        ...each,
        metadata: { ...each.metadata, name: `policy-${index}` },
      })),
    }));
}

export const kubernetesCluster = cluster(networkPolicy);
export const ciliumCluster = cluster(fc.oneof(networkPolicy, ciliumPolicy));

/** Another policy, for a cluster that has some. */
export const anotherPolicy = fc
  .oneof(networkPolicy, ciliumPolicy)
  .map((each) => ({ ...each, metadata: { ...each.metadata, name: 'another' } }));

/** The manifests of a cluster. */
export function manifestsOf({ pods, policies }: RandomCluster): string {
  return [
    ...pods.map(({ namespace: ns, name, labels, ports }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: ns, labels },
      spec: { containers: [{ name: 'main', image: 'main', ports }] },
    })),
    ...policies.map((each) => ({
      apiVersion: each.kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2',
      ...each,
    })),
  ]
    .map((manifest) => JSON.stringify(manifest))
    .join('\n---\n');
}
