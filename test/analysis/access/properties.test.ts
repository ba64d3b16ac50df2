import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessModel, decideAccess, parseSubject } from '../../../analysis/access/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

type Value<A> = A extends fc.Arbitrary<infer T> ? T : never;

const API = 'rbac.authorization.k8s.io/v1';
const list = (...values: string[]) => fc.subarray(values, { minLength: 1 });
const rule = fc.record({
  verbs: list('get', 'list', '*'),
  apiGroups: list('', 'apps', '*'),
  resources: list('pods', 'pods/log', '*/log', '*'),
  resourceNames: fc.oneof(fc.constant<string[]>([]), list('x', 'y')),
});
type Rule = Value<typeof rule>;
const namespace = fc.constantFrom('a', 'b');
const subject = fc.constantFrom(
  { kind: 'User', name: 'ann' },
  { kind: 'Group', name: 'ops' },
  { kind: 'User', name: 'bob' },
);

/** A role with its binding, in a namespace or everywhere. */
const grant = fc.record({
  rules: fc.array(rule, { maxLength: 2 }),
  subjects: fc.array(subject, { maxLength: 2 }),
  namespace: fc.option(namespace, { nil: undefined }),
});
type Grant = Value<typeof grant>;

const request = fc.record({
  verb: fc.constantFrom('get', 'list', 'delete'),
  group: fc.constantFrom('', 'apps'),
  resource: fc.constantFrom('pods', 'secrets'),
  subresource: fc.constantFrom('', 'log'),
  namespace: fc.constantFrom('', 'a', 'b'),
  name: fc.constantFrom('', 'x'),
});
type Request = Value<typeof request>;
const who = fc.constantFrom('user:ann', 'group:ops', 'user:bob');

function objects(grants: readonly Grant[]): object[] {
  return grants.flatMap(({ rules, subjects, namespace }, index) => {
    const metadata = { name: `g${index}`, ...(namespace && { namespace }) };
    const [role, binding] = namespace ? ['Role', 'RoleBinding'] : ['ClusterRole', 'ClusterRoleBinding'];
    return [
      { apiVersion: API, kind: role, metadata, rules },
      { apiVersion: API, kind: binding, metadata, roleRef: { kind: role, name: `g${index}` }, subjects },
    ];
  });
}

function allowed(manifests: readonly object[], subject: string, asked: Request): boolean {
  const user = parseSubject(subject);
  if (user === undefined) throw new Error(`no subject ${subject}`);
  const text = manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n');
  return decideAccess(accessModel(buildInventory(parseManifests(text, 'f'))), user, asked).allowed;
}

/** The same by the plainest means: every grant on its own, every part of a rule written out. */
function naive(grants: readonly Grant[], subject: string, asked: Request): boolean {
  const [kind, name] = subject.split(':');
  const isSubject = (one: { kind: string; name: string }) =>
    one.kind.toLowerCase() === kind && one.name === name;
  const target = asked.subresource === '' ? asked.resource : `${asked.resource}/${asked.subresource}`;
  const allows = ({ verbs, apiGroups, resources, resourceNames }: Rule) =>
    (verbs.includes('*') || verbs.includes(asked.verb)) &&
    (apiGroups.includes('*') || apiGroups.includes(asked.group)) &&
    (resources.includes('*') ||
      resources.includes(target) ||
      (asked.subresource === 'log' && resources.includes('*/log'))) &&
    (resourceNames.length === 0 || resourceNames.includes(asked.name));
  return grants.some(
    ({ rules, subjects, namespace }) =>
      (namespace === undefined || namespace === asked.namespace) &&
      subjects.some(isSubject) &&
      rules.some(allows),
  );
}

test('access is what the plainest evaluation says', () => {
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 4 }), who, request, (grants, subject, asked) => {
      expect(allowed(objects(grants), subject, asked)).toBe(naive(grants, subject, asked));
    }),
  );
});

test('the order of the objects does not matter', () => {
  const shuffled = fc
    .array(grant, { maxLength: 4 })
    .map(objects)
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(shuffled, who, request, ([all, other], subject, asked) => {
      expect(allowed(other, subject, asked)).toBe(allowed(all, subject, asked));
    }),
  );
});

test('nothing that is added takes access away', () => {
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 3 }), grant, who, request, (grants, more, subject, asked) => {
      fc.pre(allowed(objects(grants), subject, asked));
      expect(allowed(objects([...grants, more]), subject, asked)).toBe(true);
    }),
  );
});
