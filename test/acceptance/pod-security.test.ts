import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { answerQuestions } from '../../ask/index.ts';
import type { JsonObject, Manifest } from '../../core/manifest.ts';
import { buildInventory } from '../../inventory/index.ts';
import { Client, refusal } from '../../tools/servers/client.ts';
import { hasGo } from './has-go.ts';
import { podSpec, uncheckedPod } from './pod-arbitrary.ts';

interface Question {
  readonly object: object;
  readonly level: string;
  readonly version: string;
  readonly kubernetesVersion?: string;
}

/** What admission would say of each, `''` where it admits. */
async function sluice(questions: readonly Question[]): Promise<string[]> {
  const texts: string[] = [];
  const asked = questions.map(({ kubernetesVersion = '1.37', ...question }) => ({
    ...question,
    type: 'pod-security',
    options: { kubernetesVersion },
  }));
  for await (const { error, violations } of answerQuestions(buildInventory([]), asked)) {
    const found = (violations ?? []) as { reason: string; detail: string }[];
    texts.push(
      error === undefined
        ? found.map(({ reason, detail }) => `${reason} (${detail})`).join(', ')
        : error.message,
    );
  }
  return texts;
}

describe('the API server admits and refuses the same pods, in the same words', () => {
  const levels = ['baseline', 'restricted'];
  // the API server is of 1.34; those between them change nothing
  const versions = [
    'v1.0',
    'v1.8',
    'v1.19',
    'v1.22',
    'v1.23',
    'v1.25',
    'v1.27',
    'v1.29',
    'v1.31',
    'v1.32',
    'v1.34',
    'latest',
  ];
  const namespaceOf = (level: string, version: string): string => `${level}-${version.replace('.', '-')}`;
  let client: Client;

  beforeAll(async () => {
    client = new Client(inject('access'));
    for (const level of levels) {
      for (const version of versions) {
        const label = 'pod-security.kubernetes.io/enforce';
        const labels = { [label]: level, [`${label}-version`]: version };
        const namespace = {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespaceOf(level, version), labels },
        };
        expect((await client.apply(namespace)).status).toBeLessThan(300);
        const metadata = { name: 'default', namespace: namespace.metadata.name };
        const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
        expect((await client.apply(account)).status).toBeLessThan(300);
      }
    }
  });
  afterAll(() => client.close());

  /** What the server says; undefined where it refuses the pod for another reason than its security. */
  async function server(pod: Manifest, level: string, version: string): Promise<string | undefined> {
    const namespace = namespaceOf(level, version);
    const answer = await client.create(
      { ...pod, metadata: { ...pod.metadata, namespace } },
      { dryRun: true },
    );
    if (answer.status === 201) return '';
    const words = /violates PodSecurity "[^"]*": (.*)$/s.exec(refusal(answer))?.[1];
    return answer.status === 403 ? words : undefined;
  }

  test('random pods at random levels and versions', async () => {
    const cases = fc.sample(
      fc.record({ spec: podSpec, level: fc.constantFrom(...levels), version: fc.constantFrom(...versions) }),
      { seed: 20, numRuns: 900 },
    );
    const compared: { pod: Manifest; server: string; sluice: string }[] = [];
    for (const { spec, level, version } of cases) {
      const pod: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
      const said = await server(pod, level, version);
      if (said === undefined) continue;
      const [own = ''] = await sluice([{ object: pod, level, version, kubernetesVersion: '1.34' }]);
      compared.push({ pod, server: said, sluice: own });
    }
    expect(compared.filter((one) => one.server !== one.sluice).slice(0, 3)).toEqual([]);
    // the random pods are worth something: valid mostly, and of both kinds
    expect(compared.length).toBeGreaterThan(500);
    expect(compared.filter((one) => one.server === '').length).toBeGreaterThan(50);
    expect(compared.filter((one) => one.server !== '').length).toBeGreaterThan(50);
  });

  test.each<[string, JsonObject]>([
    ['a volume without a source', { volumes: [{ name: 'a' }] }],
    ['a volume whose source is null', { volumes: [{ name: 'a', hostPath: null }] }],
    [
      'ports that the server fills in',
      { hostNetwork: true, containers: [{ name: 'web', image: 'x', ports: [{ containerPort: 80 }] }] },
    ],
  ])('%s', async (_, change) => {
    const spec = { containers: [{ name: 'web', image: 'x' }], ...change };
    const pod: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec };
    for (const level of levels) {
      const said = await server(pod, level, 'latest');
      expect(await sluice([{ object: pod, level, version: 'latest', kubernetesVersion: '1.34' }])).toEqual([
        said,
      ]);
    }
  });
});

describe.skipIf(!hasGo())('the checks of Kubernetes 1.37 say the same of every version', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-pod-security-oracle-'));
    const source = join(import.meta.dirname, 'pod-security-oracle');
    execFileSync('go', ['build', '-o', join(folder, 'oracle'), '.'], { cwd: source });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('random pods, those that the API server would refuse among them', async () => {
    const pods = fc.sample(uncheckedPod, { seed: 21, numRuns: 500 });
    const output = execFileSync(join(folder, 'oracle'), { input: JSON.stringify(pods), maxBuffer: 1 << 28 });
    const oracle = JSON.parse(output.toString()) as Record<string, string[]>[];
    const cases = pods.flatMap((template, index) =>
      Object.entries(oracle[index] ?? {}).flatMap(([level, texts]) =>
        texts.map((text, minor) => ({ template, level, version: `1.${minor}`, text })),
      ),
    );
    const own = await sluice(
      // in a template, whose host ports no API server fills in
      cases.map(({ template, ...question }) => ({
        ...question,
        object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'p' }, spec: { template } },
      })),
    );
    const different = cases
      .map((one, index) => ({ ...one, sluice: own[index] }))
      .filter(({ text, sluice }) => text !== sluice);
    expect(different.slice(0, 3)).toEqual([]);
    expect(cases).toHaveLength(500 * 3 * 38);
  });
});
