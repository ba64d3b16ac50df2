import { describe, expect, test } from 'vitest';
import {
  type AccessDecision,
  type AccessRequest,
  accessModel,
  decideAccess,
  parseSubject,
} from '../../../analysis/access/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';

function object(kind: string, name: string, namespace: string | undefined, rest: object): string {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return JSON.stringify({ apiVersion: RBAC, kind, metadata, ...rest });
}

const role = (name: string, namespace: string, ...rules: object[]) =>
  object('Role', name, namespace, { rules });
const clusterRole = (name: string, ...rules: object[]) => object('ClusterRole', name, undefined, { rules });
const bind = (namespace: string, roleRef: string, ...subjects: object[]) => {
  const [kind, name] = roleRef.split(' ');
  return object('RoleBinding', `b-${name}`, namespace, { roleRef: { kind, name }, subjects });
};
const clusterBind = (name: string, ...subjects: object[]) =>
  object('ClusterRoleBinding', `b-${name}`, undefined, { roleRef: { kind: 'ClusterRole', name }, subjects });

const ann = { kind: 'User', name: 'ann' };
const pods = (...verbs: string[]) => ({ verbs, apiGroups: [''], resources: ['pods'] });

function model(...objects: string[]) {
  return accessModel(buildInventory(parseManifests(objects.join('\n---\n'), 'f.yaml')));
}

/** @param text `verb resource[/subresource][.group] [name]`, as `kubectl auth can-i` has it */
function decide(objects: string[], subject: string, text: string, namespace = ''): AccessDecision {
  const user = parseSubject(subject);
  if (user === undefined) throw new Error(`no subject: ${subject}`);
  const [verb = '', target = '', name = ''] = text.split(' ');
  const [path = '', ...group] = target.split('.');
  const [resource = '', subresource = ''] = path.split('/');
  const request: AccessRequest = { verb, group: group.join('.'), resource, subresource, namespace, name };
  return decideAccess(model(...objects), user, request);
}
const can = (...args: Parameters<typeof decide>): boolean => decide(...args).allowed;

describe('a rule allows', () => {
  const rules = (rule: object) => [role('r', 'shop', rule), bind('shop', 'Role r', ann)];

  test.each([
    ['its verbs, and * every verb', { verbs: ['get', 'list'] }, ['get pods', 'list pods'], ['watch pods']],
    ['every verb by *', { verbs: ['*'] }, ['escalate pods'], []],
    ['its groups', { apiGroups: ['apps'] }, ['get pods.apps'], ['get pods', 'get pods.apps.io']],
    ['every group by *', { apiGroups: ['*'] }, ['get pods', 'get pods.apps'], []],
    ['its resources, subresources not among them', {}, ['get pods'], ['get pods/log', 'get podtemplates']],
    ['a subresource by name', { resources: ['pods/log'] }, ['get pods/log'], ['get pods', 'get pods/exec']],
    [
      'a subresource of every resource',
      { resources: ['*/scale'] },
      ['get pods/scale'],
      ['get pods', 'get pods/log'],
    ],
    ['every resource by *, subresources too', { resources: ['*'] }, ['get pods', 'get pods/log'], []],
    ['no resource by a star and a slash', { resources: ['pods/*'] }, [], ['get pods', 'get pods/log']],
    [
      'its names only',
      { resourceNames: ['a', 'b'] },
      ['get pods a', 'get pods b'],
      ['get pods c', 'get pods'],
    ],
    ['names with a star literally', { resourceNames: ['*'] }, [], ['get pods a', 'get pods']],
    ['names in the case they are written in', { verbs: ['GET'] }, ['GET pods'], ['get pods']],
  ])('%s', (_, change, allowed, denied) => {
    const objects = rules({ ...pods('get'), ...change });
    for (const request of allowed)
      expect([request, can(objects, 'user:ann', request, 'shop')]).toEqual([request, true]);
    for (const request of denied)
      expect([request, can(objects, 'user:ann', request, 'shop')]).toEqual([request, false]);
  });
});

describe('a rule about URLs', () => {
  const about = (path: string) => ({
    verb: 'get',
    group: '',
    resource: '',
    subresource: '',
    namespace: '',
    name: '',
    path,
  });
  const ask = (urls: string[], path: string): boolean => {
    const rules = { verbs: ['get'], nonResourceURLs: urls };
    const user = parseSubject('user:ann');
    if (user === undefined) throw new Error('no subject');
    return decideAccess(model(clusterRole('r', rules), clusterBind('r', ann)), user, about(path)).allowed;
  };

  test('allows its paths, and all below one with a star at its end', () => {
    expect(ask(['/metrics'], '/metrics')).toBe(true);
    expect(ask(['/debug/*'], '/debug/pprof/x')).toBe(true);
    expect(ask(['*'], '/anything')).toBe(true);
    expect(ask(['/debug/*'], '/debug')).toBe(false);
    expect(ask(['/d*g'], '/dog')).toBe(false);
  });

  test('allows no resource, nor does a rule about resources allow a path', () => {
    const urls = [clusterRole('r', { verbs: ['*'], nonResourceURLs: ['*'] }), clusterBind('r', ann)];
    expect(can(urls, 'user:ann', 'get pods')).toBe(false);
    const user = parseSubject('user:ann');
    if (user === undefined) throw new Error('no subject');
    const resources = model(
      clusterRole('r', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }),
      clusterBind('r', ann),
    );
    expect(decideAccess(resources, user, about('/metrics')).allowed).toBe(false);
  });
});

describe('a binding counts', () => {
  test('a RoleBinding in its namespace only', () => {
    const objects = [role('r', 'shop', pods('get')), bind('shop', 'Role r', ann)];
    expect(can(objects, 'user:ann', 'get pods', 'shop')).toBe(true);
    expect(can(objects, 'user:ann', 'get pods', 'other')).toBe(false);
    expect(can(objects, 'user:ann', 'get pods')).toBe(false);
  });

  test('a RoleBinding of a ClusterRole likewise', () => {
    const objects = [clusterRole('r', pods('get')), bind('shop', 'ClusterRole r', ann)];
    expect(can(objects, 'user:ann', 'get pods', 'shop')).toBe(true);
    expect(can(objects, 'user:ann', 'get pods', 'other')).toBe(false);
  });

  test('a ClusterRoleBinding everywhere', () => {
    const objects = [clusterRole('r', pods('get')), clusterBind('r', ann)];
    expect(can(objects, 'user:ann', 'get pods', 'shop')).toBe(true);
    expect(can(objects, 'user:ann', 'get pods')).toBe(true);
  });

  test('never with a Role of another namespace, nor with one that does not exist', () => {
    const objects = [role('r', 'other', pods('get')), bind('shop', 'Role r', ann)];
    expect(decide(objects, 'user:ann', 'get pods', 'shop')).toMatchObject({
      allowed: false,
      because: [{ effect: 'missing-role' }],
    });
  });

  test('where it is written without a namespace, in default', () => {
    const objects = [
      object('Role', 'r', undefined, { rules: [pods('get')] }),
      object('RoleBinding', 'b', undefined, { roleRef: { kind: 'Role', name: 'r' }, subjects: [ann] }),
    ];
    expect(can(objects, 'user:ann', 'get pods', 'default')).toBe(true);
  });
});

describe('a subject is', () => {
  const bound = (subject: object) => [clusterRole('r', pods('get')), bind('shop', 'ClusterRole r', subject)];
  const account = 'serviceaccount:shop/web';

  test.each<[string, object, readonly string[], readonly string[]]>([
    ['a user by name', ann, ['user:ann'], ['user:bob', 'group:ann', 'serviceaccount:shop/ann']],
    ['a group', { kind: 'Group', name: 'ops' }, ['group:ops'], ['user:ops', 'group:dev']],
    ['a ServiceAccount', { kind: 'ServiceAccount', name: 'web', namespace: 'shop' }, [account], ['user:web']],
    [
      'an account of the namespace of its RoleBinding',
      { kind: 'ServiceAccount', name: 'web' },
      [account],
      [],
    ],
    ['an account by its user name', { kind: 'User', name: 'system:serviceaccount:shop:web' }, [account], []],
    ['all accounts', { kind: 'Group', name: 'system:serviceaccounts' }, [account], ['user:ann']],
    [
      'all accounts of a namespace',
      { kind: 'Group', name: 'system:serviceaccounts:shop' },
      [account, 'user:system:serviceaccount:shop:web'],
      ['serviceaccount:other/web'],
    ],
    [
      'everybody who authenticates',
      { kind: 'Group', name: 'system:authenticated' },
      [account, 'user:ann', 'group:ops'],
      ['user:system:anonymous', 'group:system:unauthenticated'],
    ],
    [
      'everybody who does not',
      { kind: 'Group', name: 'system:unauthenticated' },
      ['user:system:anonymous', 'group:system:unauthenticated'],
      ['user:ann'],
    ],
  ])('%s', (_, subject, yes, no) => {
    for (const who of yes) expect([who, can(bound(subject), who, 'get pods', 'shop')]).toEqual([who, true]);
    for (const who of no) expect([who, can(bound(subject), who, 'get pods', 'shop')]).toEqual([who, false]);
  });

  test.each(['ann', 'serviceaccount:web', 'serviceaccount:a/b/c', 'user:', 'role:x', ''])(
    'fails to be %j',
    (text) => {
      expect(parseSubject(text)).toBeUndefined();
    },
  );
});

describe('a ClusterRole with an aggregationRule', () => {
  const labelled = (name: string, label: string, rest: object) =>
    JSON.stringify({
      apiVersion: RBAC,
      kind: 'ClusterRole',
      metadata: { name, labels: { [label]: 'true' } },
      ...rest,
    });
  const aggregate = (label: string) => ({
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] },
  });

  test('has the rules of the roles that it selects, and not those that it is written with', () => {
    const objects = [
      labelled('part', 'a', { rules: [pods('list')] }),
      object('ClusterRole', 'sum', undefined, { ...aggregate('a'), rules: [pods('delete')] }),
      clusterBind('sum', ann),
    ];
    expect(can(objects, 'user:ann', 'list pods')).toBe(true);
    expect(can(objects, 'user:ann', 'delete pods')).toBe(false);
  });

  test('has the rules of roles that aggregate others, circles included', () => {
    const objects = [
      labelled('part', 'a', { rules: [pods('list')] }),
      labelled('middle', 'b', aggregate('a')),
      labelled('top', 'a', aggregate('b')),
      clusterBind('top', ann),
    ];
    expect(can(objects, 'user:ann', 'list pods')).toBe(true);
    expect(can(objects, 'user:ann', 'get pods')).toBe(false);
  });

  test('adds to the roles that every cluster has', () => {
    const label = 'rbac.authorization.k8s.io/aggregate-to-view';
    const tasks = { verbs: ['get'], apiGroups: ['example.com'], resources: ['tasks'] };
    const objects = [labelled('tasks', label, { rules: [tasks] }), bind('shop', 'ClusterRole edit', ann)];
    expect(can(objects, 'user:ann', 'get tasks.example.com', 'shop')).toBe(true);
    expect(can(objects, 'user:ann', 'create deployments.apps', 'shop')).toBe(true);
    expect(can(objects, 'user:ann', 'create roles.rbac.authorization.k8s.io', 'shop')).toBe(false);
  });
});

describe('an object that the API server refuses grants nothing and is named', () => {
  test.each<[string, string, RegExp]>([
    ['a rule without verbs', role('r', 'shop', pods()), /^\/rules\/0: verbs must contain/],
    [
      'a rule without groups',
      role('r', 'shop', { verbs: ['get'], resources: ['pods'] }),
      /apiGroups must contain/,
    ],
    [
      'a rule without resources',
      role('r', 'shop', { verbs: ['get'], apiGroups: [''] }),
      /resources must contain/,
    ],
    [
      'a Role about URLs',
      role('r', 'shop', { verbs: ['get'], nonResourceURLs: ['/x'] }),
      /cannot apply to nonResourceURLs/,
    ],
    [
      'a rule about both',
      clusterRole('r', { ...pods('get'), nonResourceURLs: ['/x'] }),
      /both resources and nonResourceURLs/,
    ],
    ['a list that is text', role('r', 'shop', { ...pods(), verbs: '*' }), /verbs is not a list/],
    [
      'an aggregation of nothing',
      object('ClusterRole', 'r', undefined, { aggregationRule: {} }),
      /has no clusterRoleSelectors/,
    ],
    [
      'a ClusterRoleBinding of a Role',
      object('ClusterRoleBinding', 'b', undefined, { roleRef: { kind: 'Role', name: 'r' } }),
      /roleRef.kind/,
    ],
    ['a binding without a role', object('RoleBinding', 'b', 'shop', {}), /roleRef is not a map/],
    [
      'an account without a namespace, cluster-wide',
      clusterBind('view', { kind: 'ServiceAccount', name: 'a' }),
      /namespace of a ServiceAccount/,
    ],
    [
      'an account of a group',
      bind('shop', 'ClusterRole view', { kind: 'ServiceAccount', name: 'a', apiGroup: 'apps' }),
      /apiGroup of a ServiceAccount/,
    ],
    [
      'a user of the core group',
      bind('shop', 'ClusterRole view', { ...ann, apiGroup: 'v1' }),
      /apiGroup of a User/,
    ],
    [
      'an unknown kind of subject',
      bind('shop', 'ClusterRole view', { kind: 'Robot', name: 'a' }),
      /kind is not/,
    ],
    ['a subject without a name', bind('shop', 'ClusterRole view', { kind: 'User' }), /name is missing/],
  ])('%s', (_, refused, reason) => {
    expect(model(refused).ignored).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(reason) }),
    ]);
  });
});

describe('a decision says why', () => {
  const objects = [role('r', 'shop', pods('list'), pods('get')), bind('shop', 'Role r', ann)];

  test('which binding and which rule allow', () => {
    expect(decide(objects, 'user:ann', 'get pods', 'shop').because).toEqual([
      {
        effect: 'allow',
        binding: { kind: 'RoleBinding', namespace: 'shop', name: 'b-r' },
        role: { kind: 'Role', namespace: 'shop', name: 'r' },
        path: '/rules/1',
        text: 'RoleBinding shop/b-r (/subjects/0) gives Role shop/r, whose rule /rules/1 allows get pods',
      },
    ]);
  });

  test.each([
    ['a rule', 'user:ann', 'delete pods', 'shop', 'no-rule'],
    ['a binding where it is asked', 'user:ann', 'get pods', 'other', 'other-namespace'],
    ['a binding at all', 'user:bob', 'get pods', 'shop', 'no-binding'],
  ])('that %s is missing', (_, subject, request, namespace, effect) => {
    expect(decide(objects, subject, request, namespace).because).toMatchObject([{ effect }]);
  });
});
