import { describe, expect, test } from 'vitest';
import { askOne } from './ask.ts';

const yaml = `
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ann, namespace: shop}
roleRef: {kind: ClusterRole, name: edit}
subjects: [{kind: User, name: ann}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {kind: ClusterRole, name: admin}
subjects: [{kind: ServiceAccount, name: web}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: broken}
rules: [{verbs: [get], resources: [pods]}]
`;
const question = { type: 'access', subject: 'user:ann', verb: 'get', resource: 'pods', namespace: 'shop' };
const ask = (change: object) => askOne(yaml, { ...question, ...change });

describe('a question about access', () => {
  test('means the core group, no subresource and all namespaces where it does not say', async () => {
    expect(await ask({})).toMatchObject({ allowed: true });
    expect(
      await askOne(yaml, { type: 'access', subject: 'user:ann', verb: 'get', resource: 'pods' }),
    ).toMatchObject({
      allowed: false,
      because: [{ effect: 'other-namespace' }],
    });
  });

  test('names a subresource in either way', async () => {
    expect(await ask({ resource: 'pods/log' })).toMatchObject({ allowed: true });
    expect(await ask({ subresource: 'log' })).toMatchObject({ allowed: true });
    expect(await ask({ subresource: 'other' })).toMatchObject({ allowed: false });
  });

  test('asks about a path that is no resource', async () => {
    const path = { type: 'access', subject: 'user:ann', verb: 'get', resource: '/metrics' };
    expect(await askOne(yaml, path)).toMatchObject({ allowed: false });
    const root = {
      kind: 'ClusterRoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: 'root' },
    };
    const all = {
      ...root,
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', name: 'ann' }],
    };
    expect(await askOne(yaml, { ...path, with: [all] })).toMatchObject({ allowed: true });
  });

  test('is told which objects the API server refuses', async () => {
    expect(await ask({})).toMatchObject({
      ignored: [{ kind: 'ClusterRole', name: 'broken', reason: expect.stringContaining('apiGroups') }],
    });
  });

  test('looks for a way around a denial where it is asked to', async () => {
    const roles = { group: 'rbac.authorization.k8s.io', resource: 'roles', verb: 'create' };
    expect(await ask(roles)).not.toHaveProperty('escalation');
    expect(await ask({ ...roles, escalation: true })).toMatchObject({
      allowed: false,
      escalation: { steps: [{ by: 'run-pod', as: 'serviceaccount:shop/web' }] },
    });
  });
});

test.each([
  ['on a subject of another form', { subject: 'ann' }, 'write serviceaccount:NAMESPACE/NAME'],
  ['without a verb', { verb: '' }, 'verb'],
  ['on a resource that is none', { resource: 'pods/' }, 'resource must match'],
  ['on a path in a namespace', { resource: '/metrics' }, 'leave out the other fields'],
  ['on two subresources', { resource: 'pods/log', subresource: 'exec' }, 'names the subresource log'],
])('fails %s', async (_, change, message) => {
  expect((await ask(change)).error).toEqual({ code: 'malformed', message: expect.stringContaining(message) });
});
