import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { identityOf, identityText, type Manifest } from '../../core/manifest.ts';
import { type Answer, Client, refusal } from '../../tools/servers/client.ts';
import { type CustomResourceDefinition, haveCrds, realCrds } from './crds.ts';
import { isDefault, isEmptyLeftOut } from './defaults.ts';
import { distEnvironments, strayFiles } from './dist.ts';
import { podOf } from './pods.ts';
import { compare } from './read-back.ts';

const ENVIRONMENTS = distEnvironments();
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** What the cluster, not the platform, brings: without it the API server refuses the pods that name it. */
const CLUSTER: readonly Manifest[] = [
  {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'kata-vm-isolation' },
    handler: 'kata',
  },
];

/** The level that a platform's pods meet; what meets less is asked for the baseline. */
const LEVEL_OF: Readonly<Record<string, Level>> = { agentweaver: 'restricted' };

/** Namespaces that enforce a Pod Security level each, to ask which level a pod meets. */
const LEVELS = ['restricted', 'baseline'] as const;
type Level = (typeof LEVELS)[number];

let client: Client;
let crds: readonly CustomResourceDefinition[];

beforeAll(async () => {
  client = new Client(inject('access'));
  if (!haveCrds) return;
  crds = realCrds();
  const namespaces = LEVELS.map((level) => namespace(`level-${level}`, { [ENFORCE]: level }));
  for (const manifest of [...CLUSTER, ...namespaces]) expectAccepted(await client.apply(manifest));
});
afterAll(() => client.close());

test('every file below dist/ is in an index, and there is something to apply', () => {
  expect(ENVIRONMENTS).not.toEqual([]);
  expect(strayFiles(ENVIRONMENTS)).toEqual([]);
});

describe.skipIf(!haveCrds).each(ENVIRONMENTS)('the API server and $name', ({ name, objects }) => {
  const level = LEVEL_OF[name.split('/')[0] ?? ''] ?? 'baseline';
  const manifests = objects.map(({ manifest }) => manifest);
  afterAll(async () => {
    for (const manifest of manifests.toReversed()) await client.remove(manifest);
  });

  test('accept each object in apply order, under strict field validation, without a warning', async () => {
    const refused: string[] = [];
    const warnings: string[] = [];
    for (const manifest of manifests) {
      const answer = await client.apply(withPodSecurity(manifest, level));
      if (answer.status >= 300) refused.push(`${text(manifest)}: ${refusal(answer)}`);
      warnings.push(...answer.warnings.map((warning) => `${text(manifest)}: ${warning}`));
      // a controller that does not run here makes it in every namespace
      if (manifest.kind === 'Namespace')
        expectAccepted(await client.apply(serviceAccount(manifest.metadata.name)));
    }
    expect(refused).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('store what was written, and add nothing but documented defaults', async () => {
    const differences: string[] = [];
    for (const manifest of manifests) {
      const written = withPodSecurity(manifest, level);
      const { changed, added } = compare(written, (await client.read(manifest)).body);
      const wrong = [
        ...changed.filter((difference) => !isEmptyLeftOut(written, difference)),
        ...added.filter((difference) => !isDefault(written, difference, crds)),
      ];
      differences.push(...wrong.map((difference) => `${text(manifest)} ${JSON.stringify(difference)}`));
    }
    expect(differences).toEqual([]);
  });

  test('agree that a second apply changes nothing, so that GitOps sees no drift', async () => {
    const moved: string[] = [];
    for (const manifest of manifests) {
      const before = await client.read(manifest);
      await client.apply(withPodSecurity(manifest, level));
      if (!isDeepStrictEqual(stored(await client.read(manifest)), stored(before))) moved.push(text(manifest));
    }
    expect(moved).toEqual([]);
  });

  test('admit the pods of every workload: pod security, service account, runtime class, limits', async () => {
    const refused: string[] = [];
    for (const pod of podsOf(manifests)) {
      const answer = await client.create(pod, { dryRun: true });
      if (answer.status >= 300) refused.push(refusal(answer));
    }
    expect(refused).toEqual([]);
  });

  test('hold every pod to the level of the Pod Security Standards that its platform promises', async () => {
    const levels = await Promise.all(
      manifests.map(async (manifest) => ({ object: text(manifest), met: await levelOf(manifest) })),
    );
    const pods = levels.filter(({ met }) => met !== 'no pods');
    process.stdout.write(`${pods.map(({ object, met }) => `  ${met.padEnd(10)}  ${object}`).join('\n')}\n`);
    expect(pods).not.toEqual([]);
    expect(pods.filter(({ met }) => met !== level && met !== 'restricted')).toEqual([]);
  });
});

/** @returns the namespace as written, or enforcing a level where the platform leaves that to the cluster. */
function withPodSecurity(manifest: Manifest, level: Level): Manifest {
  if (manifest.kind !== 'Namespace' || manifest.metadata.labels?.[ENFORCE] !== undefined) return manifest;
  return {
    ...manifest,
    metadata: { ...manifest.metadata, labels: { ...manifest.metadata.labels, [ENFORCE]: level } },
  };
}

function text(manifest: Manifest): string {
  return identityText(identityOf(manifest));
}

function podsOf(manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) => podOf(manifest)).filter((pod) => pod !== undefined);
}

async function levelOf(manifest: Manifest): Promise<string> {
  for (const level of LEVELS) {
    const pod = podOf(manifest, `level-${level}`);
    if (pod === undefined) return 'no pods';
    const spec = { ...(pod['spec'] as Manifest), serviceAccountName: 'default' };
    expectAccepted(await client.apply(serviceAccount(`level-${level}`)));
    if ((await client.create({ ...pod, spec }, { dryRun: true })).status < 300) return level;
  }
  return 'privileged';
}

function namespace(name: string, labels: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function serviceAccount(namespace: string): Manifest {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
}

/** @returns the object without its version, which moves once more when the server adds the defaults of a status. */
function stored({ body }: Answer): unknown {
  const { metadata, ...rest } = body as Manifest;
  return { ...rest, metadata: { ...metadata, resourceVersion: undefined } };
}

function expectAccepted(answer: Answer): void {
  expect(answer.status < 300 ? '' : refusal(answer)).toBe('');
}
