import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askOne } from './ask.ts';

/** A pod as it runs, its node and its namespace; then other objects. */
const CLUSTER = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: v1
kind: Node
metadata: {name: n1, uid: node-1}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, uid: pod-1, labels: {app: web}}
spec: {serviceAccountName: web, nodeName: n1, containers: [{name: c, image: i}]}
`;

interface Spec {
  readonly [field: string]: unknown;
}

const TEMPLATE = 'spiffe://{{.TrustDomain}}/ns/{{.PodMeta.Namespace}}/sa/{{.PodSpec.ServiceAccountName}}';

function clusterSpiffeId(name: string, spec: Spec = {}, metadata: Spec = {}): object {
  return object('ClusterSPIFFEID', name, { spiffeIDTemplate: TEMPLATE, ...spec }, metadata);
}

function object(kind: string, name: string, spec: Spec, metadata: Spec = {}): object {
  return { apiVersion: 'spire.spiffe.io/v1alpha1', kind, metadata: { name, ...metadata }, spec };
}

interface Answer {
  readonly entries: readonly (Spec & { spiffeID: string; source: { name: string } })[];
  readonly failures: readonly { source: { name: string }; code: string; detail: string }[];
  readonly unknown: readonly { source: { name: string }; field: string; on: string[] }[];
  readonly cloud?: unknown;
  readonly mesh?: unknown;
  readonly ignored?: readonly { name: string; reason: string }[];
  readonly error?: { code: string; message: string };
}

async function identity(objects: readonly object[], question: object = {}): Promise<Answer> {
  const asked = { type: 'identity', with: objects, ...question };
  const subject = 'workload' in asked || 'object' in asked ? {} : { pod: 'shop/web' };
  return (await askOne(CLUSTER, { ...subject, ...asked })) as unknown as Answer;
}

async function ids(objects: readonly object[], question: object = {}): Promise<string[]> {
  return (await identity(objects, question)).entries.map(({ spiffeID }) => spiffeID);
}

const ID = 'spiffe://cluster.local/ns/shop/sa/web';

test('an entry for a pod', async () => {
  expect(await identity([clusterSpiffeId('web')])).toEqual({
    id: '1',
    entries: [
      {
        spiffeID: ID,
        parentID: 'spiffe://cluster.local/spire/agent/k8s_psat/default/node-1',
        selectors: ['k8s:pod-uid:pod-1'],
        dnsNames: [],
        x509SvidTtl: 0,
        jwtSvidTtl: 0,
        federatesWith: [],
        hint: '',
        admin: false,
        downstream: false,
        source: { kind: 'ClusterSPIFFEID', name: 'web' },
      },
    ],
    failures: [],
    unknown: [],
  });
});

test('ttl is for X.509, jwtTtl for JWT, and the rest is as written', async () => {
  const spec = {
    ttl: '1h30m',
    jwtTtl: '90s',
    hint: 'h',
    admin: true,
    downstream: true,
    federatesWith: ['other.org', 'spiffe://third.org/x'],
    workloadSelectorTemplates: ['k8s:ns:{{ .PodMeta.Namespace }}'],
  };
  expect((await identity([clusterSpiffeId('web', spec)])).entries[0]).toMatchObject({
    x509SvidTtl: 5400,
    jwtSvidTtl: 90,
    hint: 'h',
    admin: true,
    downstream: true,
    federatesWith: ['other.org', 'third.org'],
    selectors: ['k8s:pod-uid:pod-1', 'k8s:ns:shop'],
  });
});

describe('selection', () => {
  test.each<[string, Spec, boolean]>([
    ['no selector selects all', {}, true],
    ['empty selectors select all', { podSelector: {}, namespaceSelector: {} }, true],
    ['pod labels', { podSelector: { matchLabels: { app: 'web' } } }, true],
    ['other pod labels', { podSelector: { matchLabels: { app: 'api' } } }, false],
    ['namespace labels', { namespaceSelector: { matchLabels: { team: 'a' } } }, true],
    [
      'the name of a namespace',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
      true,
    ],
    [
      'both must select',
      {
        podSelector: { matchLabels: { app: 'web' } },
        namespaceSelector: { matchLabels: { team: 'b' } },
      },
      false,
    ],
  ])('%s', async (_, spec, selects) => {
    expect(await ids([clusterSpiffeId('web', spec)])).toEqual(selects ? [ID] : []);
  });

  test('namespaces that match an unanchored expression are ignored', async () => {
    const ask = (...ignoreNamespaces: string[]) =>
      ids([clusterSpiffeId('web')], { options: { spire: { ignoreNamespaces } } });
    expect(await ask('ho')).toEqual([]);
    expect(await ask('^ho')).toEqual([ID]);
    expect(await ask()).toEqual([ID]);
  });

  test('kube-system, kube-public and spire-system are ignored by default', async () => {
    const pod = (namespace: string): object => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace },
      spec: {},
    });
    for (const namespace of ['kube-system', 'kube-public', 'spire-system', 'my-kube-system'])
      expect(await ids([clusterSpiffeId('web')], { object: pod(namespace) })).toEqual([]);
  });

  test('the class must be the controller own, or missing where that is watched', async () => {
    const objects = [clusterSpiffeId('a'), clusterSpiffeId('b', { className: 'x' })];
    const sources = async (spire: object): Promise<string[]> =>
      (await identity(objects, { options: { spire } })).entries.map(({ source }) => source.name);
    expect(await sources({})).toEqual(['a']);
    expect(await sources({ className: 'x' })).toEqual(['b']);
    expect(await sources({ className: 'y' })).toEqual([]);
    expect(await sources({ className: 'y', watchClassless: true })).toEqual(['a']);
  });
});

describe('SPIFFE IDs', () => {
  test.each([
    'spiffe://other.org/x',
    'spiffe://cluster.local/',
    'spiffe://cluster.local//x',
    'spiffe://cluster.local/x/',
    'spiffe://cluster.local/./x',
    'spiffe://cluster.local/x/..',
    'spiffe://cluster.local/x y',
    'spiffe://cluster.local/é',
    'spiffe://Cluster.local/x',
    'spiffe:///x',
    'http://cluster.local/x',
    'SPIFFE://cluster.local/x',
    ' ',
    'spiffe://{{.TrustDomain}}/{{.PodMeta.Labels.nope}}',
    'spiffe://{{.TrustDomain}}/{{index .PodMeta.Labels "nope"}}',
  ])('fails for this pod: %s', async (spiffeIDTemplate) => {
    const { entries, failures } = await identity([clusterSpiffeId('bad', { spiffeIDTemplate })]);
    expect(entries).toEqual([]);
    expect(failures).toMatchObject([{ source: { name: 'bad' }, code: 'invalid-spiffe-id' }]);
  });

  test('letters, digits, dots, dashes and underscores make a path', async () => {
    const spiffeIDTemplate = 'spiffe://cluster.local/A.b_c-1/...';
    expect(await ids([clusterSpiffeId('web', { spiffeIDTemplate })])).toEqual([spiffeIDTemplate]);
  });

  test('a template that fails gives this pod no entry, and others are unaffected', async () => {
    const objects = [
      clusterSpiffeId('bad', { spiffeIDTemplate: '{{.PodMeta.Nope}}' }),
      clusterSpiffeId('web'),
    ];
    const { entries, failures } = await identity(objects);
    expect(entries.map(({ source }) => source.name)).toEqual(['web']);
    expect(failures).toMatchObject([{ source: { name: 'bad' }, code: 'template-execute' }]);
  });
});

describe('objects that count for no pod', () => {
  test.each<[string, Spec, string]>([
    ['a template that does not parse', { spiffeIDTemplate: '{{' }, 'template-parse'],
    ['a DNS template that does not parse', { dnsNameTemplates: ['{{end}}'] }, 'template-parse'],
    ['an unknown function', { spiffeIDTemplate: '{{ lower .TrustDomain }}' }, 'template-parse'],
    ['no template', { spiffeIDTemplate: '' }, 'invalid-object'],
    ['a bad trust domain', { federatesWith: ['Other.org'] }, 'invalid-object'],
    [
      'a bad operator',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } },
      'invalid-object',
    ],
    ['a bad label', { podSelector: { matchLabels: { 'a b': 'c' } } }, 'invalid-object'],
    ['a bad duration', { ttl: '1 hour' }, 'invalid-object'],
    ['a bad type', { fallback: 'yes' }, 'invalid-object'],
  ])('%s', async (_, spec, code) => {
    const { entries, failures, ignored } = await identity([clusterSpiffeId('bad', spec)]);
    expect(entries).toEqual([]);
    expect(failures).toMatchObject([{ source: { name: 'bad' }, code }]);
    expect(ignored).toMatchObject([{ kind: 'ClusterSPIFFEID', name: 'bad' }]);
  });

  test('are no failure of a pod that they would not select', async () => {
    const spec = { spiffeIDTemplate: '{{', podSelector: { matchLabels: { app: 'api' } } };
    expect(await identity([clusterSpiffeId('bad', spec)])).toMatchObject({
      failures: [],
      ignored: [{ name: 'bad' }],
    });
  });
});

describe('DNS names', () => {
  test('stand in template order without duplicates, then come those of Services, sorted', async () => {
    const service = (name: string, spec: object): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec,
    });
    const objects = [
      service('web', { selector: { app: 'web' } }),
      service('all', { selector: { app: 'web' } }),
      service('other', { selector: { app: 'api' } }),
      service('none', {}),
      service('far', { type: 'ExternalName', selector: { app: 'web' } }),
    ];
    const dnsNameTemplates = ['z.org', '{{.PodMeta.Name}}', 'z.org', '*.a.org'];
    const spec = { dnsNameTemplates, autoPopulateDNSNames: true };
    const { entries } = await identity([...objects, clusterSpiffeId('web', spec)]);
    expect(entries[0]?.['dnsNames']).toEqual([
      'z.org',
      'web',
      '*.a.org',
      'all',
      'all.shop',
      'all.shop.svc',
      'all.shop.svc.cluster.local',
      'web.shop',
      'web.shop.svc',
      'web.shop.svc.cluster.local',
    ]);
  });

  test('are open where a Service selects by a label that a controller adds', async () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { template: { metadata: { labels: { app: 'db' } }, spec: {} } },
    };
    const selector = { 'statefulset.kubernetes.io/pod-name': 'db-0' };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { selector },
    };
    const objects = [set, service, clusterSpiffeId('db', { autoPopulateDNSNames: true })];
    expect(await identity(objects, { workload: 'shop/StatefulSet/db' })).toMatchObject({
      entries: [],
      unknown: [{ field: 'entry', on: ['.PodMeta.Labels[statefulset.kubernetes.io/pod-name]'] }],
    });
  });

  test.each(['', 'a..b', '-a', 'a-', 'x.*.org', `${'a'.repeat(64)}.org`])('fails: %j', async (name) => {
    const { entries, failures } = await identity([clusterSpiffeId('bad', { dnsNameTemplates: [name] })]);
    expect(entries).toEqual([]);
    expect(failures).toMatchObject([{ code: 'template-execute' }]);
  });

  test('of which versions of SPIRE think differently are left open', async () => {
    const { entries, failures, unknown } = await identity([
      clusterSpiffeId('odd', { dnsNameTemplates: ['a_b.org'] }),
    ]);
    expect({ entries, failures }).toEqual({ entries: [], failures: [] });
    expect(unknown).toMatchObject([{ source: { name: 'odd' }, field: 'entry' }]);
  });
});

describe('several objects', () => {
  test('give a pod one identity each', async () => {
    const second = clusterSpiffeId('b', { spiffeIDTemplate: 'spiffe://{{.TrustDomain}}/b', hint: 'b' });
    expect(await ids([clusterSpiffeId('a'), second])).toEqual([ID, 'spiffe://cluster.local/b']);
  });

  test.each<[string, Spec, Spec]>([
    [
      'the older',
      { creationTimestamp: '2024-01-02T00:00:00Z' },
      { creationTimestamp: '2024-01-01T00:00:00Z' },
    ],
    ['the one that stays', { deletionTimestamp: '2024-01-01T00:00:00Z', uid: '1' }, { uid: '2' }],
    ['the one with the smaller UID', { uid: '2' }, { uid: '1' }],
  ])('with one ID, parent and selectors give one entry: %s wins', async (_, loser, winner) => {
    const objects = [
      clusterSpiffeId('loser', { hint: 'l', ttl: '1h', admin: true }, loser),
      clusterSpiffeId('winner', { hint: 'w', dnsNameTemplates: ['a'] }, winner),
    ];
    const { entries, unknown } = await identity(objects);
    expect(entries).toMatchObject([{ hint: 'w', source: { name: 'winner' } }]);
    expect(unknown).toEqual([]);
  });

  test('of one ID but other selectors give an entry each', async () => {
    const second = clusterSpiffeId('b', { workloadSelectorTemplates: ['unix:uid:1'] });
    expect(await ids([clusterSpiffeId('a'), second])).toEqual([ID, ID]);
  });

  test('say which one wins only where that is known', async () => {
    const { entries, unknown } = await identity([clusterSpiffeId('a'), clusterSpiffeId('b')]);
    expect(entries).toHaveLength(1);
    expect(unknown).toMatchObject([{ field: 'source' }]);
  });
});

describe('fallbacks', () => {
  const fallback = (name: string): object =>
    clusterSpiffeId(name, { fallback: true, spiffeIDTemplate: `spiffe://{{.TrustDomain}}/${name}` });

  test('are skipped where another object gives an entry, whatever the order', async () => {
    expect(await ids([fallback('f'), clusterSpiffeId('web')])).toEqual([ID]);
  });

  test('count where no other object selects the pod, or none renders; they do not exclude each other', async () => {
    const both = ['spiffe://cluster.local/f', 'spiffe://cluster.local/g'];
    expect(await ids([fallback('f'), fallback('g')])).toEqual(both);
    const bad = clusterSpiffeId('bad', { spiffeIDTemplate: 'x' });
    expect(await ids([fallback('f'), bad, fallback('g')])).toEqual(both);
  });

  test('are open where it is open whether another renders', async () => {
    const spiffeIDTemplate = 'spiffe://{{.TrustDomain}}/{{ index .NodeMeta.Labels "zone" }}';
    const { entries, unknown } = await identity([
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' } },
      clusterSpiffeId('zone', { spiffeIDTemplate }),
      fallback('f'),
    ]);
    expect(entries).toEqual([]);
    expect(unknown.map(({ source, field, on }) => [source.name, field, on])).toEqual([
      ['zone', 'entry', ['.NodeMeta.Labels[zone]']],
      ['f', 'entry', ['.NodeMeta.Labels[zone]']],
    ]);
  });
});

describe('the parent', () => {
  test('comes from the template of the controller', async () => {
    const spire = { parentIDTemplate: 'spiffe://{{.TrustDomain}}/agent/{{.ClusterName}}/{{.NodeMeta.Name}}' };
    const options = { spire, trustDomain: 'example.org', clusterName: 'demo' };
    const { entries } = await identity([clusterSpiffeId('web')], { options });
    expect(entries).toMatchObject([{ parentID: 'spiffe://example.org/agent/demo/n1' }]);
  });

  test('is on the node of the question', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop', uid: 'u' },
      spec: {},
    };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2', uid: 'node-2' } };
    const { entries, unknown } = await identity([clusterSpiffeId('web')], { object: pod, node });
    expect(entries).toMatchObject([
      {
        spiffeID: 'spiffe://cluster.local/ns/shop/sa/default',
        parentID: 'spiffe://cluster.local/spire/agent/k8s_psat/default/node-2',
      },
    ]);
    expect(unknown).toEqual([]);
  });

  test('fails where its template gives no SPIFFE ID', async () => {
    const { failures } = await identity([clusterSpiffeId('web')], { options: { clusterName: 'a b' } });
    expect(failures).toMatchObject([{ code: 'invalid-spiffe-id' }]);
  });
});

describe('pods that do not run yet', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'shop' },
    spec: {
      template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  };
  const pending = (spec: Spec): Promise<Answer> =>
    identity([deployment, clusterSpiffeId('api', spec)], { workload: 'shop/Deployment/api' });

  test('have an identity in which unknown data is marked', async () => {
    const spiffeIDTemplate = `${TEMPLATE}/{{.PodMeta.Name}}`;
    const { entries, unknown } = await pending({ spiffeIDTemplate });
    expect(entries).toMatchObject([
      {
        spiffeID: 'spiffe://cluster.local/ns/shop/sa/default/<PodMeta.Name>',
        parentID: 'spiffe://cluster.local/spire/agent/k8s_psat/default/<NodeMeta.UID>',
        selectors: ['k8s:pod-uid:<PodMeta.UID>'],
      },
    ]);
    expect(unknown.map(({ field, on }) => [field, on])).toEqual([
      ['spiffeID', ['.PodMeta.Name']],
      ['parentID', ['.NodeMeta.UID']],
      ['selectors', ['.PodMeta.UID']],
    ]);
  });

  test.each([
    ['a comparison', '{{if eq .NodeMeta.Name "n1"}}a{{else}}b{{end}}'],
    ['a length', '{{len .PodMeta.Name}}'],
    ['a label that a controller adds', '{{index .PodMeta.Labels "pod-template-hash" | len}}'],
    ['all labels', '{{range .PodMeta.Labels}}x{{end}}'],
    ['tolerations', '{{len .PodSpec.Tolerations}}'],
  ])('are open where %s decides', async (_, path) => {
    const { entries, unknown } = await pending({ spiffeIDTemplate: `spiffe://{{.TrustDomain}}/${path}` });
    expect(entries).toEqual([]);
    expect(unknown).toMatchObject([{ field: 'entry' }]);
  });

  test('fail where no data of the cluster can help', async () => {
    const { failures } = await pending({ spiffeIDTemplate: 'spiffe://{{.TrustDomain}}//{{.PodMeta.Name}}' });
    expect(failures).toMatchObject([{ code: 'invalid-spiffe-id' }]);
  });

  test('are open where a selector asks for a label that a controller adds', async () => {
    const matchLabels = { 'pod-template-hash': 'x' };
    expect(await pending({ podSelector: { matchLabels } })).toMatchObject({
      entries: [],
      unknown: [{ field: 'entry', on: ['.PodMeta.Labels[pod-template-hash]'] }],
    });
    expect(await pending({ podSelector: { matchLabels: { ...matchLabels, app: 'web' } } })).toMatchObject({
      entries: [],
      unknown: [],
    });
  });

  test('are open where the Namespace with the labels is not in the input', async () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'far' }, spec: {} };
    const spec = { namespaceSelector: { matchLabels: { team: 'a' } } };
    expect(await identity([clusterSpiffeId('web', spec)], { object })).toMatchObject({
      entries: [],
      unknown: [{ field: 'entry' }],
    });
  });
});

describe('ClusterStaticEntries', () => {
  const entry = (name: string, selectors: string[], spec: Spec = {}): object =>
    object('ClusterStaticEntry', name, {
      spiffeID: 'spiffe://cluster.local/static',
      parentID: 'spiffe://cluster.local/agent',
      selectors,
      ...spec,
    });

  test.each([
    [['k8s:ns:shop', 'k8s:sa:web'], true],
    [['k8s:pod-label:app:web', 'k8s:pod-uid:pod-1', 'k8s:node-name:n1', 'k8s:container-name:c'], true],
    [['k8s:ns:shop', 'k8s:sa:other'], false],
    [['k8s:pod-label:app:api'], false],
    [['k8s_psat:cluster:demo'], false],
  ])('with %j', async (selectors, applies) => {
    expect(await ids([entry('e', selectors)])).toEqual(applies ? ['spiffe://cluster.local/static'] : []);
  });

  test('are open where the workload decides', async () => {
    expect(await identity([entry('e', ['k8s:ns:shop', 'unix:uid:1000'])])).toMatchObject({
      entries: [],
      unknown: [{ source: { name: 'e' }, field: 'entry' }],
    });
  });

  test.each<[Spec, string]>([
    [{ spiffeID: 'spiffe://other.org/x' }, 'invalid-spiffe-id'],
    [{ parentID: 'x' }, 'invalid-spiffe-id'],
    [{ federatesWith: ['A'] }, 'invalid-object'],
    [{ x509SVIDTTL: 'x' }, 'invalid-object'],
  ])('fail with %j', async (spec, code) => {
    expect((await identity([entry('e', ['k8s:ns:shop'], spec)])).failures).toMatchObject([{ code }]);
  });
});

describe('the identity in an Istio mesh', () => {
  const namespace = (labels: Spec): object => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  });
  const mesh = async (labels: Spec, question: object = {}): Promise<unknown> =>
    (await identity([namespace(labels)], question)).mesh;
  const principal = 'cluster.local/ns/shop/sa/web';

  test.each([
    ['sidecar', { 'istio-injection': 'enabled' }],
    ['ambient', { 'istio.io/dataplane-mode': 'ambient' }],
  ])('is of the ServiceAccount, in %s mode', async (dataplane, labels) => {
    expect(await mesh(labels)).toEqual({ dataplane, principal, spiffeID: `spiffe://${principal}` });
  });

  test('has the trust domain and the data plane of the options', async () => {
    expect(await mesh({}, { options: { trustDomain: 'a.org', dataplane: 'ambient' } })).toMatchObject({
      principal: 'a.org/ns/shop/sa/web',
    });
  });

  test('is that of an inline workload', async () => {
    const object = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x', namespace: 'shop' },
      spec: { template: { spec: { containers: [] } } },
    };
    expect(await mesh({ 'istio-injection': 'enabled' }, { object })).toMatchObject({
      principal: 'cluster.local/ns/shop/sa/default',
    });
  });

  test('is none outside of the mesh', async () => {
    expect(await mesh({})).toBeUndefined();
  });
});

describe('identities at cloud providers', () => {
  const account = (annotations: Spec): object => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'web', namespace: 'shop', annotations },
  });
  const pod = (labels: Spec): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop', labels },
    spec: { serviceAccountName: 'web' },
  });
  const base = {
    subject: 'system:serviceaccount:shop:web',
    source: { kind: 'ServiceAccount', namespace: 'shop', name: 'web' },
  };
  const cloud = async (annotations: Spec, labels: Spec = {}): Promise<unknown> =>
    (await identity([account(annotations)], { object: pod(labels) })).cloud;

  test('of Azure, for pods with the label', async () => {
    const annotations = {
      'azure.workload.identity/client-id': 'c-1',
      'azure.workload.identity/tenant-id': 't-1',
    };
    expect(await cloud(annotations, { 'azure.workload.identity/use': 'true' })).toEqual([
      {
        kind: 'azure-workload-identity',
        identity: 'c-1',
        tenant: 't-1',
        audience: 'api://AzureADTokenExchange',
        ...base,
      },
    ]);
    expect(await cloud(annotations)).toBeUndefined();
  });

  test('of AWS', async () => {
    const role = 'arn:aws:iam::000000000000:role/web';
    const irsa = { kind: 'aws-irsa', identity: role, audience: 'sts.amazonaws.com', ...base };
    expect(await cloud({ 'eks.amazonaws.com/role-arn': role })).toEqual([irsa]);
    expect(await cloud({ 'eks.amazonaws.com/role-arn': role, 'eks.amazonaws.com/audience': 'a' })).toEqual([
      { ...irsa, audience: 'a' },
    ]);
  });

  test('are none without annotations', async () => {
    expect(await cloud({}, { 'azure.workload.identity/use': 'true' })).toBeUndefined();
  });
});

describe('whatever the objects', () => {
  const some = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    spec: fc.record(
      {
        spiffeIDTemplate: fc.constantFrom(TEMPLATE, `${TEMPLATE}/x`, '{{', 'x', '{{.Nope}}'),
        podSelector: fc.constantFrom({}, { matchLabels: { app: 'web' } }, { matchLabels: { app: 'api' } }),
        fallback: fc.boolean(),
        className: fc.constantFrom('', 'x'),
      },
      { requiredKeys: ['spiffeIDTemplate'] },
    ),
  });
  const objects = fc
    .uniqueArray(some, { selector: ({ name }) => name })
    .map((list) => list.map(({ name, spec }, at) => clusterSpiffeId(name, spec, { uid: String(at) })));
  const sorted = ({ entries }: Answer): string[] => entries.map((entry) => JSON.stringify(entry)).sort();

  test('their order makes no difference', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        expect(sorted(await identity(list))).toEqual(sorted(await identity(list.toReversed())));
      }),
      { numRuns: 50 },
    );
  });

  test('one more that does not select the pod makes no difference', async () => {
    const other = clusterSpiffeId('z', { podSelector: { matchLabels: { app: 'none' } } });
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        expect(await identity([...list, other])).toEqual(await identity(list));
      }),
      { numRuns: 50 },
    );
  });
});

describe('fails', () => {
  test.each<[string, object, string]>([
    ['without a pod', { pod: undefined, object: undefined }, 'malformed'],
    ['with two', { workload: 'shop/Deployment/x', pod: 'shop/web' }, 'malformed'],
    ['where the pod is not there', { pod: 'shop/none' }, 'not-found'],
    ['where the object makes no pods', { object: 'Namespace/shop' }, 'unsupported'],
    ['with a bad expression', { options: { spire: { ignoreNamespaces: ['('] } } }, 'malformed'],
    ['with a bad template of the parent', { options: { spire: { parentIDTemplate: '{{' } } }, 'malformed'],
    ['with a node that is none', { node: 'Namespace/shop' }, 'malformed'],
  ])('%s', async (_, question, code) => {
    expect((await identity([], question)).error?.code).toBe(code);
  });
});
