import { describe, expect, test } from 'vitest';
import { accessModel, escalationTo, parseSubject, SearchTooLarge } from '../../../analysis/access/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

const API = 'rbac.authorization.k8s.io/v1';

/** Rights as people say them: `create pods`, `bind clusterroles.rbac.authorization.k8s.io edit`. */
function grant(subject: string, namespace: string | undefined, ...rights: string[]): object[] {
  const name = `${subject.replace(/[^a-z]/g, '-')}-${rights.join('-').replace(/[^a-z]/g, '-')}`;
  const rules = rights.map((right) => {
    const [verb = '', target = '', resourceName] = right.split(' ');
    const [resource = '', ...group] = target.split('.');
    const names = resourceName === undefined ? {} : { resourceNames: [resourceName] };
    return { verbs: [verb], apiGroups: [group.join('.')], resources: [resource], ...names };
  });
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  return [
    { apiVersion: API, kind, metadata, rules },
    {
      apiVersion: API,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { kind, name },
      subjects: [subjectOf(subject)],
    },
  ];
}

function subjectOf(text: string): object {
  const [type, name = ''] = text.split(':');
  if (type !== 'serviceaccount') return { kind: type === 'group' ? 'Group' : 'User', name };
  const [namespace, account] = name.split('/');
  return { kind: 'ServiceAccount', namespace, name: account };
}

const account = (namespace: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace },
});
const pod = (namespace: string, serviceAccountName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace },
  spec: { serviceAccountName, containers: [] },
});

const SECRETS = { verb: 'get', group: '', resource: 'secrets', subresource: '', namespace: 'shop', name: '' };
const strong = grant('serviceaccount:shop/strong', 'shop', 'get secrets');

function escalation(objects: readonly object[], request = SECRETS, budget?: { left: number }) {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const inventory = buildInventory(parseManifests(text, 'f'));
  const user = parseSubject('user:ann');
  if (user === undefined) throw new Error('no subject');
  return escalationTo(accessModel(inventory), inventory, 'user:ann', user, request, budget);
}

describe('somebody gets at what a ServiceAccount may do', () => {
  test.each([
    ['by running a pod as it', 'run-pod', grant('user:ann', 'shop', 'create pods')],
    ['by running a workload as it', 'run-pod', grant('user:ann', 'shop', 'create cronjobs.batch')],
    ['by running a sandbox as it', 'run-pod', grant('user:ann', 'shop', 'create sandboxes.agents.x-k8s.io')],
    [
      'by entering a pod of it',
      'enter-pod',
      [...grant('user:ann', 'shop', 'create pods/exec'), pod('shop', 'strong')],
    ],
    ['by making a token of it', 'token', grant('user:ann', 'shop', 'create serviceaccounts/token strong')],
    ['by impersonating it', 'impersonate', grant('user:ann', undefined, 'impersonate serviceaccounts')],
  ])('%s', (_, by, objects) => {
    expect(escalation([...strong, ...objects])).toEqual({
      steps: [{ by, as: 'serviceaccount:shop/strong', text: expect.stringMatching(/^user:ann may /) }],
      because: [expect.objectContaining({ effect: 'allow' })],
    });
  });

  test.each([
    ['a pod in another namespace', grant('user:ann', 'other', 'create pods')],
    [
      'no pod of the account to enter',
      [...grant('user:ann', 'shop', 'create pods/exec'), pod('shop', 'weak')],
    ],
    ['the token of another account', grant('user:ann', 'shop', 'create serviceaccounts/token weak')],
    ['the right to read pods', grant('user:ann', 'shop', 'get pods')],
  ])('not with %s', (_, objects) => {
    expect(escalation([...strong, account('shop', 'weak'), ...objects])).toBeUndefined();
  });
});

describe('somebody impersonates', () => {
  const bob = grant('user:bob', 'shop', 'get secrets');
  const ops = grant('group:ops', 'shop', 'get secrets');

  test('a user', () => {
    expect(
      escalation([...bob, ...grant('user:ann', undefined, 'impersonate users bob')])?.steps,
    ).toMatchObject([{ by: 'impersonate', as: 'user:bob' }]);
  });

  test('a group, together with a user', () => {
    const rights = grant('user:ann', undefined, 'impersonate groups', 'impersonate users');
    expect(escalation([...ops, ...rights])?.steps).toMatchObject([{ by: 'impersonate', as: 'group:ops' }]);
    expect(escalation([...ops, ...grant('user:ann', undefined, 'impersonate groups')])).toBeUndefined();
  });

  test('nobody by a right in a namespace', () => {
    expect(escalation([...bob, ...grant('user:ann', 'shop', 'impersonate users')])).toBeUndefined();
  });
});

describe('somebody takes a role', () => {
  const reader = {
    apiVersion: API,
    kind: 'Role',
    metadata: { name: 'reader', namespace: 'shop' },
    rules: [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'] }],
  };
  const bindings = 'create rolebindings.rbac.authorization.k8s.io';

  test.each([
    ['of its namespace', grant('user:ann', 'shop', bindings, 'bind roles.rbac.authorization.k8s.io reader')],
    [
      'of the cluster',
      grant('user:ann', 'shop', bindings, 'bind clusterroles.rbac.authorization.k8s.io cluster-admin'),
    ],
    [
      'everywhere',
      grant(
        'user:ann',
        undefined,
        'create clusterrolebindings.rbac.authorization.k8s.io',
        'bind clusterroles.rbac.authorization.k8s.io edit',
      ),
    ],
  ])('by binding one %s', (_, rights) => {
    expect(escalation([reader, ...rights])).toMatchObject({ steps: [{ by: 'bind', as: 'user:ann' }] });
  });

  test('by widening one of their own', () => {
    const role = 'roles.rbac.authorization.k8s.io';
    expect(escalation(grant('user:ann', 'shop', `patch ${role}`, `escalate ${role}`))).toMatchObject({
      steps: [{ by: 'escalate', as: 'user:ann' }],
    });
    expect(escalation(grant('user:ann', 'shop', `patch ${role}`))).toBeUndefined();
  });

  test.each([
    ['that they may not bind', grant('user:ann', 'shop', bindings)],
    [
      'by a binding that they may not make',
      grant('user:ann', 'shop', 'bind roles.rbac.authorization.k8s.io'),
    ],
    [
      'that does not allow it',
      grant('user:ann', 'shop', bindings, 'bind clusterroles.rbac.authorization.k8s.io view'),
    ],
    [
      'in another namespace',
      grant('user:ann', 'other', bindings, 'bind clusterroles.rbac.authorization.k8s.io'),
    ],
  ])('but none %s', (_, rights) => {
    expect(escalation([reader, ...rights])).toBeUndefined();
  });
});

test('of several ways the shortest is told, and longer ones are found', () => {
  const chain = [
    ...grant('user:ann', 'web', 'create pods'),
    account('web', 'deployer'),
    ...grant('serviceaccount:web/deployer', 'shop', 'create deployments.apps'),
    ...strong,
  ];
  expect(escalation(chain)?.steps.map(({ as }) => as)).toEqual([
    'serviceaccount:web/deployer',
    'serviceaccount:shop/strong',
  ]);
  const shorter = grant('user:ann', undefined, 'impersonate serviceaccounts strong');
  expect(escalation([...chain, ...shorter])?.steps.map(({ as }) => as)).toEqual([
    'serviceaccount:shop/strong',
  ]);
});

test('circles end', () => {
  const circle = [
    ...grant('user:ann', 'web', 'create pods'),
    account('web', 'a'),
    ...grant('serviceaccount:web/a', 'web', 'create pods'),
  ];
  expect(escalation(circle)).toBeUndefined();
});

test('fails where the search takes more work than it may', () => {
  const objects = [...strong, ...grant('user:ann', 'shop', 'create pods')];
  expect(escalation(objects, SECRETS, { left: 50 })).toBeDefined();
  expect(() => escalation(objects, SECRETS, { left: 0 })).toThrow(SearchTooLarge);
});

test('those who have the same rights are tried once', () => {
  const accounts = Array.from({ length: 300 }, (_, index) => account('web', `a${index}`));
  const shared = grant('group:system:serviceaccounts:web', 'web', 'create pods');
  const objects = [...accounts, ...shared, ...grant('user:ann', 'web', 'create pods')];
  expect(escalation(objects, SECRETS, { left: 200 })).toBeUndefined();
});
