import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AllPairs, allPairs, type PairPeer } from '../../../analysis/reach/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';
import { CLUSTER, policy } from './cluster.ts';
import { type NaivePeer, naiveReach, toNumber } from './naive.ts';
import {
  anotherPolicy,
  ciliumCluster,
  kubernetesCluster,
  manifestsOf,
  type RandomCluster,
} from './random-cluster.ts';

function pairsOf(yaml: string, cni: 'kubernetes' | 'cilium' = 'kubernetes'): AllPairs {
  const options = { cni, ipBlockMatchesPods: false, clusterName: 'default', clusterDomain: 'cluster.local' };
  return allPairs(buildInventory(parseManifests(yaml, 'cluster.yaml')), options);
}

/** Whether the list of all pairs has a connection. */
function lists(
  { connections }: AllPairs,
  from: NaivePeer,
  to: NaivePeer,
  port: number,
  protocol: string,
): boolean {
  return connections.some(
    (each) =>
      isPeer(each.from, from) &&
      isPeer(each.to, to) &&
      (each.ports === 'all' ||
        (each.ports[protocol] ?? []).some(([first, last]) => first <= port && port <= last)),
  );
}

function isPeer(peer: PairPeer, wanted: NaivePeer): boolean {
  if ('workload' in peer)
    return (
      'name' in wanted && peer.workload.name === wanted.name && peer.workload.namespace === wanted.namespace
    );
  if (!('ipRange' in peer) || !('ip' in wanted)) return false;
  const [first, last] = peer.ipRange.map(toNumber);
  const address = toNumber(wanted.ip);
  return first !== undefined && last !== undefined && first <= address && address <= last;
}

const ADDRESSES = [
  '0.0.0.0',
  '9.255.255.255',
  '10.0.0.0',
  '10.1.2.3',
  '10.2.3.4',
  '10.2.3.5',
  '11.0.0.0',
  '255.255.255.254',
  '255.255.255.255',
];
const PORTS = [
  [53, 'UDP'],
  [79, 'TCP'],
  [80, 'TCP'],
  [80, 'UDP'],
  [81, 'TCP'],
  [443, 'UDP'],
  [8080, 'TCP'],
  [80, 'SCTP'],
] as const;

function compare(cluster: RandomCluster, cni: 'kubernetes' | 'cilium'): void {
  const pairs = pairsOf(manifestsOf(cluster), cni);
  expect(pairs.ignored).toEqual([]);
  const peers: NaivePeer[] = [...cluster.pods, ...ADDRESSES.map((ip) => ({ ip }))];
  const wrong: string[] = [];
  for (const from of peers) {
    for (const to of peers) {
      if (from === to || ('ip' in from && 'ip' in to)) continue;
      for (const [port, protocol] of PORTS) {
        const wanted = naiveReach(from, to, port, protocol, cluster.policies);
        if (lists(pairs, from, to, port, protocol) !== wanted)
          wrong.push(
            `${JSON.stringify(from)} -> ${JSON.stringify(to)} ${protocol} ${port} should be ${wanted}`,
          );
      }
    }
  }
  expect(wrong).toEqual([]);
}

describe('all pairs', () => {
  test('are what a naive evaluator finds pair by pair, for NetworkPolicies', () => {
    fc.assert(
      fc.property(kubernetesCluster, (cluster) => compare(cluster, 'kubernetes')),
      { numRuns: 300 },
    );
  });

  test('are what a naive evaluator finds pair by pair, with Cilium policies among them', () => {
    fc.assert(
      fc.property(ciliumCluster, (cluster) => compare(cluster, 'cilium')),
      { numRuns: 300 },
    );
  });

  test('do not depend on the order of policies', () => {
    fc.assert(
      fc.property(ciliumCluster, (cluster) => {
        const reversed = { ...cluster, policies: cluster.policies.toReversed() };
        expect(pairsOf(manifestsOf(reversed), 'cilium').connections).toEqual(
          pairsOf(manifestsOf(cluster), 'cilium').connections,
        );
      }),
    );
  });

  test('do not change by a policy that selects nothing', () => {
    fc.assert(
      fc.property(ciliumCluster, anotherPolicy, (cluster, more) => {
        const nobody = { ...more, metadata: { ...more.metadata, namespace: 'nowhere' } };
        const changed = { ...cluster, policies: [...cluster.policies, nobody] };
        expect(pairsOf(manifestsOf(changed), 'cilium').connections).toEqual(
          pairsOf(manifestsOf(cluster), 'cilium').connections,
        );
      }),
    );
  });

  test('a workload is one peer, and no peer of itself', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: d, namespace: x}
spec: {replicas: 3, template: {metadata: {labels: {pod: d}}, spec: {containers: []}}}`;
    const { peers, connections } = pairsOf(deployment);
    const d = { workload: { namespace: 'x', kind: 'Deployment', name: 'd' } };
    const all = { ipRange: ['0.0.0.0', '255.255.255.255'] };
    expect(peers).toEqual([d, all]);
    expect(connections).toEqual([
      { from: d, to: all, ports: 'all' },
      { from: all, to: d, ports: 'all' },
    ]);
  });

  test('connections of pods in their node’s network are marked', () => {
    const host =
      '{apiVersion: v1, kind: Pod, metadata: {name: h, namespace: x, labels: {pod: h}}, spec: {hostNetwork: true}}';
    const named = policy('{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {pod: h}}}]}]}');
    const h = { workload: { namespace: 'x', kind: 'Pod', name: 'h' } };
    const a = { workload: { namespace: 'x', kind: 'Pod', name: 'a' } };
    const yaml = [CLUSTER, host, named].join('\n---\n');
    expect(pairsOf(yaml).connections).toContainEqual({ from: h, to: a, ports: 'all', host: true });
    expect(pairsOf(yaml, 'cilium').connections).not.toContainEqual(
      expect.objectContaining({ from: h, to: a }),
    );
    expect(pairsOf(yaml, 'cilium').connections).toContainEqual({ from: a, to: h, ports: 'all', host: true });
  });

  test('pods of one owner are one peer', () => {
    const owned = (name: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: x, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: r, uid: u, controller: true}]}
spec: {containers: []}`;
    const { peers } = pairsOf([owned('r-1'), owned('r-2')].join('\n---\n'));
    expect(peers).toContainEqual({ workload: { namespace: 'x', kind: 'ReplicaSet', name: 'r' } });
    expect(peers.length).toBe(2);
  });

  test('the controller behind an Ingress reaches the target ports of its Services, where policies let it', () => {
    const objects = [
      CLUSTER,
      '{apiVersion: v1, kind: Service, metadata: {name: s, namespace: x}, spec: {selector: {pod: a}, ports: [{name: web, port: 8080, targetPort: serve-81-tcp}]}}',
      '{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i, namespace: x}, spec: {rules: [{http: {paths: [{path: /, backend: {service: {name: s, port: {name: web}}}}]}}]}}',
    ];
    const fromController = ({ connections }: AllPairs): unknown[] =>
      connections.filter(({ from }) => 'ingressController' in from);
    const a = { workload: { namespace: 'x', kind: 'Pod', name: 'a' } };
    expect(fromController(pairsOf(objects.join('\n---\n')))).toEqual([
      { from: { ingressController: true }, to: a, ports: { TCP: [[81, 81]] } },
    ]);
    expect(fromController(pairsOf([...objects, policy('{podSelector: {}}')].join('\n---\n')))).toEqual([]);
  });

  test('exposure tells who may come, and who is not protected', () => {
    const waits = policy(
      '{podSelector: {matchLabels: {pod: a}}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 1}]}, {from: [{namespaceSelector: {matchLabels: {team: new}}, podSelector: {matchLabels: {app: client}}}], ports: [{port: 2}]}]}',
    );
    const { exposure } = pairsOf([CLUSTER, waits].join('\n---\n'));
    const a = { workload: { namespace: 'x', kind: 'Pod', name: 'a' } };
    expect(
      exposure.ingress.filter(
        ({ workload }) => workload.workload.namespace === 'x' && workload.workload.name === 'a',
      ),
    ).toEqual([
      { workload: a, peer: { cluster: true }, ports: { TCP: [[1, 1]] } },
      {
        workload: a,
        peer: {
          namespaceSelector: { matchLabels: { team: 'new' } },
          podSelector: { matchLabels: { app: 'client' } },
        },
        ports: { TCP: [[1, 2]] },
      },
    ]);
    expect(exposure.unprotected).toContainEqual({ workload: a, direction: 'egress' });
    expect(exposure.unprotected).not.toContainEqual({ workload: a, direction: 'ingress' });
  });
});
