import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask, askOne } from './ask.ts';

const role = `{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: reader, namespace: shop},
  rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]}`;
const binding = `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: ann, namespace: shop},
  roleRef: {kind: Role, name: reader}, subjects: [{kind: User, name: ann}]}`;
const yaml = `${role}\n---\n${binding}`;
const question = {
  id: 'q',
  type: 'access',
  subject: 'user:ann',
  verb: 'get',
  resource: 'pods',
  namespace: 'shop',
};

describe('every question', () => {
  test('gets its answer, in the order of the questions and with its id', async () => {
    const answers = await ask(yaml, [question, { ...question, id: 'r', verb: 'delete' }]);
    expect(answers.map(({ id, allowed }) => [id, allowed])).toEqual([
      ['q', true],
      ['r', false],
    ]);
  });

  test('without an id is known by its place', async () => {
    const { id: _, ...nameless } = question;
    expect((await ask(yaml, [question, nameless])).map(({ id }) => id)).toEqual(['q', '2']);
  });

  test('that cannot be answered gets an error and does not stop the others', async () => {
    const answers = await ask(yaml, [
      null,
      { id: 'x', type: 'no-such' },
      { ...question, subject: 5 },
      question,
    ]);
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      ['1', 'malformed'],
      ['x', 'unsupported'],
      ['q', 'malformed'],
      ['q', undefined],
    ]);
  });

  test('fails to name a field nearly right', async () => {
    const { namespace, ...rest } = question;
    expect((await askOne(yaml, { ...rest, namespce: namespace })).error).toEqual({
      code: 'malformed',
      message: 'unknown field "namespce"; did you mean namespace?',
    });
  });

  test('may carry fields of its asker, such as an expectation', async () => {
    expect(await askOne(yaml, { ...question, expect: { allowed: true }, note: 'x' })).toMatchObject({
      allowed: true,
    });
  });
});

describe('a question changes the input for itself alone', () => {
  test('by objects that it adds', async () => {
    const roleBinding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' };
    const added = {
      ...roleBinding,
      metadata: { name: 'bob', namespace: 'shop' },
      roleRef: { kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'User', name: 'bob' }],
    };
    const bob = { ...question, subject: 'user:bob' };
    const answers = await ask(yaml, [bob, { ...bob, with: [added] }, bob]);
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, true, false]);
  });

  test('by an object that takes the place of one in the input', async () => {
    const changed = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader', namespace: 'shop' },
      rules: [],
    };
    expect(await askOne(yaml, { ...question, with: [changed] })).toMatchObject({ allowed: false });
  });

  test('by objects that it leaves out', async () => {
    const without = [{ kind: 'RoleBinding', namespace: 'shop', name: 'ann' }];
    expect(await askOne(yaml, { ...question, without })).toMatchObject({ allowed: false });
  });

  test('fails where an object to leave out is not there', async () => {
    const without = [{ kind: 'RoleBinding', namespace: 'other', name: 'ann' }];
    expect((await askOne(yaml, { ...question, without })).error?.code).toBe('not-found');
  });

  test('fails where what it adds is no object', async () => {
    expect((await askOne(yaml, { ...question, with: [{ kind: 'Role' }] })).error?.code).toBe(
      'invalid-object',
    );
  });
});

test('fails on an option that does not exist, or has a value that it cannot have', async () => {
  const { error } = await askOne(yaml, { ...question, options: { cni: 'calico', trust: 'x' } });
  expect(error?.code).toBe('malformed');
  expect(error?.message).toContain('options must not have additional properties: trust');
  expect(error?.message).toContain(
    'options.cni must be equal to one of the allowed values: kubernetes,cilium',
  );
});

test('any JSON as a question gets an answer or an error that is no defect', async () => {
  const types = fc.constantFrom('access', '__proto__', 'constructor');
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc.record({ type: types, subject: fc.jsonValue(), with: fc.jsonValue(), options: fc.jsonValue() }),
    fc.tuple(types, fc.object()).map(([type, rest]) => ({ ...rest, ...question, type })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(hostile), async (questions) => {
      const answers = await ask(yaml, JSON.parse(JSON.stringify(questions)));
      expect(answers).toHaveLength(questions.length);
      expect(answers.filter(({ error }) => error?.code === 'internal')).toEqual([]);
    }),
  );
});
