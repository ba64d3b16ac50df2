import { allPairs } from '../analysis/reach/index.ts';
import { answerQuestions } from '../ask/index.ts';
import { buildInventory, parseManifests } from '../inventory/index.ts';
import { type NaivePod, type NaivePolicy, naiveReach } from '../test/analysis/reach/naive.ts';

const OPTIONS = {
  cni: 'kubernetes',
  ipBlockMatchesPods: false,
  clusterName: 'default',
  clusterDomain: 'cluster.local',
} as const;
const NAMESPACES = 20;

/** Pods of as many workloads; those of one workload are alike. */
function podsOf(count: number, workloads: number): NaivePod[] {
  return Array.from({ length: count }, (_, index) => {
    const workload = index % workloads;
    const labels = { app: `app-${workload}`, tier: `tier-${workload % 7}` };
    return { namespace: `team-${workload % NAMESPACES}`, name: `pod-${index}`, labels, ports: [] };
  });
}

/** Policies that each isolate one workload and open a port of it to a tier of every namespace, and to a network. */
function policiesOf(count: number, workloads: number): NaivePolicy[] {
  return Array.from({ length: count }, (_, index) => {
    const workload = index % workloads;
    return {
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${index}`, namespace: `team-${workload % NAMESPACES}` },
      spec: {
        podSelector: { matchLabels: { app: `app-${workload}` } },
        ingress: [
          {
            from: [
              { namespaceSelector: {}, podSelector: { matchLabels: { tier: `tier-${index % 7}` } } },
              { ipBlock: { cidr: `10.${index % 250}.0.0/16` } },
            ],
            ports: [{ port: 8000 + (index % 5) }],
          },
        ],
      },
    };
  });
}

function manifests(pods: readonly NaivePod[], policies: readonly NaivePolicy[]): string {
  return [
    ...pods.map(({ namespace, name, labels }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace,
        name,
        labels,
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: labels['app'], uid: 'u', controller: true },
        ],
      },
      spec: { containers: [] },
    })),
    ...policies.map((policy) => ({ apiVersion: 'networking.k8s.io/v1', ...policy })),
  ]
    .map((manifest) => JSON.stringify(manifest))
    .join('\n---\n');
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** All pairs of pods on the ports that policies name, one by one. */
function naiveSeconds(
  pods: readonly NaivePod[],
  policies: readonly NaivePolicy[],
): { time: number; open: number } {
  let open = 0;
  const time = seconds(() => {
    for (const from of pods)
      for (const to of pods)
        for (let port = 8000; port < 8005; port++)
          if (from !== to && naiveReach(from, to, port, 'TCP', policies)) open += 1;
  });
  return { time, open };
}

async function run(
  podCount: number,
  workloads: number,
  policyCount: number,
  compare: boolean,
): Promise<void> {
  const pods = podsOf(podCount, workloads);
  const policies = policiesOf(policyCount, workloads);
  const inventory = buildInventory(
    parseManifests(manifests(pods, policies), 'bench.yaml', { maxObjects: 1_000_000 }),
  );
  let connections = 0;
  const time = seconds(() => {
    connections = allPairs(inventory, OPTIONS).connections.length;
  });
  const questions = Array.from({ length: 5000 }, (_, index) => {
    const [from, to] = [pods[(index * 7919) % podCount], pods[(index * 104729) % podCount]];
    return {
      type: 'reach',
      from: { pod: `${from?.namespace}/${from?.name}` },
      to: { pod: `${to?.namespace}/${to?.name}` },
      port: 8001,
    };
  });
  const start = performance.now();
  for await (const { error } of answerQuestions(inventory, questions))
    if (error !== undefined) throw new Error(error.message);
  const question = (performance.now() - start) / questions.length;
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  const cells = [
    podCount,
    workloads,
    policyCount,
    connections,
    `${time.toFixed(2)} s`,
    `${question.toFixed(3)} ms`,
    `${memory} MiB`,
  ];
  const naive = compare ? naiveSeconds(pods, policies).time : undefined;
  const ratio = naive === undefined ? ['', ''] : [`${naive.toFixed(1)} s`, `${(naive / time).toFixed(0)}x`];
  process.stdout.write(`| ${[...cells, ...ratio].join(' | ')} |\n`);
}

process.stdout.write(
  '| pods | workloads | policies | connections | all pairs | one question | memory | naive | ratio |\n|---|---|---|---|---|---|---|---|---|\n',
);
await run(500, 100, 500, true);
await run(500, 500, 500, true);
await run(1_000, 500, 1_000, false);
await run(10_000, 1_000, 3_000, false);
await run(100_000, 2_000, 10_000, false);
