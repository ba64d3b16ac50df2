import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parseSubject } from '../../analysis/access/index.ts';
import { answerQuestions } from '../../ask/index.ts';
import { identityOf, identityText, type Json, type JsonObject, type Manifest } from '../../core/manifest.ts';
import { buildInventory, parseManifests } from '../../inventory/index.ts';
import { Client } from '../../tools/servers/client.ts';

const API = 'rbac.authorization.k8s.io/v1';
const NAMESPACES = ['access-a', 'access-b'];

function some<T>(values: readonly T[], maxLength = 2): fc.Arbitrary<T[]> {
  return fc.array(fc.constantFrom(...values), { maxLength });
}

const VERBS = ['get', 'list', 'create', 'delete', 'bind'];
const GROUPS = ['', 'apps', 'example.com'];
const RESOURCES = ['pods', 'secrets', 'deployments'];
const SUBRESOURCES = ['', 'log', 'scale'];
const NAMES = ['', 'x', 'y'];

/** Mostly rules that the server takes, and some that it refuses. */
const rule: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      verbs: some([...VERBS, '*'], 3).map(orOne('get')),
      apiGroups: some([...GROUPS, '*']).map(orOne('')),
      resources: some([...RESOURCES, 'pods/log', 'deployments/scale', '*/scale', 'pods/*', '*'], 3).map(
        orOne('pods'),
      ),
      resourceNames: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: some(['x', 'y', '*', '']) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      verbs: some(['get', '*']).map(orOne('get')),
      nonResourceURLs: some(['/metrics', '/debug/*', '/debug/**', '/d*g', '*', '/debug/', 'debug']).map(
        orOne('/'),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject>(
      { verbs: [], apiGroups: [''], resources: ['pods'] },
      { verbs: ['get'], resources: ['pods'] },
      { verbs: ['get'], apiGroups: [''] },
      { verbs: ['get'], apiGroups: [''], resources: ['pods'], nonResourceURLs: ['/x'] },
    ),
  },
);

function orOne(value: string): (list: string[]) => string[] {
  return (list) => (list.length === 0 ? [value] : list);
}

const rules = fc.array(rule, { maxLength: 4 }) as fc.Arbitrary<Json>;

const subject: fc.Arbitrary<JsonObject> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.constantFrom<JsonObject>(
      { kind: 'User', name: 'ann' },
      { kind: 'User', name: 'bob', apiGroup: 'rbac.authorization.k8s.io' },
      { kind: 'Group', name: 'ops' },
      { kind: 'Group', name: 'system:authenticated' },
      { kind: 'Group', name: 'system:unauthenticated' },
      { kind: 'Group', name: 'system:serviceaccounts:access-a' },
      { kind: 'ServiceAccount', name: 'web', namespace: 'access-a' },
      { kind: 'ServiceAccount', name: 'web', namespace: 'access-b', apiGroup: '' },
      { kind: 'User', name: 'system:serviceaccount:access-b:web' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<JsonObject>(
      { kind: 'ServiceAccount', name: 'web' },
      { kind: 'ServiceAccount', name: 'Web', namespace: 'access-a' },
      { kind: 'User', name: '' },
      { kind: 'User', name: 'ann', apiGroup: 'apps' },
      { kind: 'ServiceAccount', name: 'web', namespace: 'access-a', apiGroup: 'apps' },
      { kind: 'Robot', name: 'ann' },
    ),
  },
);

const subjects = fc.array(subject, { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Json>;
const roleRef: fc.Arbitrary<Json> = fc.oneof(
  fc.record({
    kind: fc.constant('Role'),
    name: fc.integer({ min: 0, max: 25 }).map((index) => `role-${index}`),
  }),
  fc.record({
    kind: fc.constant('ClusterRole'),
    name: fc.integer({ min: 0, max: 13 }).map((index) => `access-${index}`),
  }),
  fc.constantFrom(
    { kind: 'ClusterRole', name: 'system:aggregate-to-view' },
    { kind: 'ClusterRole', name: 'none' },
  ),
);

function manifest(kind: string, name: string, namespace: string | undefined, rest: JsonObject): Manifest {
  return {
    apiVersion: API,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    ...rest,
  };
}

const namespaced = fc.constantFrom(...NAMESPACES);
const options = { seed: 30 };

/** Roles and bindings; names are those that bindings refer to, some of which do not exist. */
function cluster(): Manifest[] {
  const roles = fc.sample(fc.record({ rules, namespace: namespaced }), { ...options, numRuns: 24 });
  const clusterRoles = fc.sample(rules, { ...options, numRuns: 12 });
  const bindings = fc.sample(fc.record({ roleRef, subjects, namespace: namespaced }), {
    ...options,
    numRuns: 40,
  });
  const clusterBindings = fc.sample(fc.record({ roleRef, subjects }), { ...options, seed: 31, numRuns: 40 });
  return [
    ...roles.map((role, index) => manifest('Role', `role-${index}`, role.namespace, { rules: role.rules })),
    ...clusterRoles.map((list, index) =>
      manifest('ClusterRole', `access-${index}`, undefined, { rules: list }),
    ),
    ...bindings.map(({ namespace, ...rest }, index) =>
      manifest('RoleBinding', `binding-${index}`, namespace, rest),
    ),
    ...clusterBindings.map((rest, index) =>
      manifest('ClusterRoleBinding', `access-${index}`, undefined, rest),
    ),
  ];
}

const question = fc.record({
  subject: fc.constantFrom(
    'user:ann',
    'user:bob',
    'user:eve',
    'group:ops',
    'user:system:anonymous',
    'serviceaccount:access-a/web',
    'serviceaccount:access-b/web',
    'serviceaccount:access-a/other',
  ),
  verb: fc.constantFrom(...VERBS),
  group: fc.constantFrom(...GROUPS),
  resource: fc.constantFrom(...RESOURCES),
  subresource: fc.constantFrom(...SUBRESOURCES),
  namespace: fc.constantFrom('', ...NAMESPACES),
  name: fc.constantFrom(...NAMES),
});

const path = fc.record({
  subject: fc.constantFrom('user:ann', 'user:bob', 'group:ops', 'serviceaccount:access-a/web'),
  verb: fc.constantFrom('get', 'post'),
  resource: fc.constantFrom(
    '/metrics',
    '/metrics/x',
    '/debug',
    '/debug/',
    '/debug/pprof',
    '/dog',
    '/d*g',
    '/',
  ),
});

describe('the API server decides the same', () => {
  const manifests = cluster();
  const refused: string[] = [];
  const kept: Manifest[] = [];
  let client: Client;

  beforeAll(async () => {
    client = new Client(inject('access'));
    for (const name of NAMESPACES)
      await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const one of manifests) {
      const { status } = await client.apply(one);
      if (status < 300) kept.push(one);
      else refused.push(identityText(identityOf(one)));
    }
    await untilAuthorized();
  });
  afterAll(async () => {
    for (const one of kept) await client.remove(one);
    for (const name of NAMESPACES)
      await client.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    client.close();
  });

  /** What is written last is seen last by the authorizer. */
  async function untilAuthorized(): Promise<void> {
    const last = manifest('ClusterRoleBinding', 'access-last', undefined, {
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', name: 'last' }],
    });
    expect((await client.apply(last)).status).toBeLessThan(300);
    kept.push(last);
    const request = { verb: 'get', group: '', resource: 'pods', subresource: '', namespace: '', name: '' };
    while (!(await review({ ...request, subject: 'user:last' }))) await sleep(50);
  }

  async function review({ subject, ...attributes }: JsonObject): Promise<boolean> {
    const { verb, resource } = attributes;
    const what = String(resource).startsWith('/')
      ? { nonResourceAttributes: { verb, path: resource } }
      : { resourceAttributes: attributes };
    const user = parseSubject(String(subject));
    if (user === undefined) throw new Error(`no subject ${String(subject)}`);
    const { status, body } = await client.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user: user.name, groups: [...user.groups], ...what },
    });
    expect(status).toBe(201);
    return (body['status'] as { allowed: boolean }).allowed;
  }

  async function sluice(questions: readonly object[]) {
    const inventory = buildInventory(
      parseManifests(manifests.map((one) => JSON.stringify(one)).join('\n---\n'), 'f'),
    );
    const answers: { allowed?: unknown; ignored?: unknown; error?: unknown }[] = [];
    for await (const answer of answerQuestions(
      inventory,
      questions.map((one) => ({ type: 'access', ...one })),
    ))
      answers.push(answer);
    return answers;
  }

  test.each([
    ['who may do what to resources', question, 1500],
    ['who may do what to other paths', path, 300],
  ] as const)('%s, in a cluster of random roles and bindings', async (_, arbitrary, numRuns) => {
    const questions = fc.sample(arbitrary as fc.Arbitrary<JsonObject>, { ...options, numRuns });
    const answers = await sluice(questions);
    const different: object[] = [];
    let allowed = 0;
    for (const [index, one] of questions.entries()) {
      const server = await review(one);
      if (server) allowed += 1;
      if (answers[index]?.allowed !== server) different.push({ ...one, server, sluice: answers[index] });
    }
    expect(different.slice(0, 3)).toEqual([]);
    // neither answer is rare
    expect(allowed / numRuns).toBeGreaterThan(0.05);
    expect(allowed / numRuns).toBeLessThan(0.95);
  });

  test('which roles and bindings are refused', async () => {
    const [answer] = await sluice([{ subject: 'user:ann', verb: 'get', resource: 'pods' }]);
    const ignored = ((answer?.ignored ?? []) as { kind: string; namespace?: string; name: string }[]).map(
      (one) => identityText({ apiVersion: API, ...one }),
    );
    expect(ignored.sort()).toEqual(refused.sort());
    expect(refused.length).toBeGreaterThan(5);
  });
});
