import { describe, expect, test } from 'vitest';
import { policy, reach, verdict } from './cluster.ts';

function admin(priority: number, rules: string, name = `p${priority}`): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: ${name}}
spec: {priority: ${priority}, subject: {namespaces: {matchLabels: {ns: x}}}, ${rules}}`;
}

function baseline(rules: string, name = 'default'): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha1
kind: BaselineAdminNetworkPolicy
metadata: {name: ${name}}
spec: {subject: {namespaces: {}}, ${rules}}`;
}

const from = (action: string, ports = ''): string =>
  `{action: ${action}, from: [{namespaces: {matchLabels: {ns: w}}}]${ports}}`;
const closed = policy('{podSelector: {}}');
const open = policy('{podSelector: {}, ingress: [{}]}');

describe('AdminNetworkPolicy', () => {
  test('decides before every NetworkPolicy', async () => {
    expect(await verdict([admin(5, `ingress: [${from('Allow')}]`), closed], 'w/b', 'x/a')).toBe('allow');
    expect(await verdict([admin(5, `ingress: [${from('Deny')}]`), open], 'w/b', 'x/a')).toBe('deny ingress');
  });

  test('leaves to NetworkPolicies what no rule matches, and what a rule passes on', async () => {
    expect(await verdict([admin(5, `ingress: [${from('Allow')}]`), closed], 'z/b', 'x/a')).toBe(
      'deny ingress',
    );
    expect(await verdict([admin(5, `ingress: [${from('Pass')}, ${from('Deny')}]`), open], 'w/b', 'x/a')).toBe(
      'allow',
    );
    expect(await verdict([admin(5, `ingress: [${from('Pass')}]`), closed], 'w/b', 'x/a')).toBe(
      'deny ingress',
    );
  });

  test('the lowest priority goes first, and then the first rule', async () => {
    const low = admin(1, `ingress: [${from('Deny')}]`);
    const high = admin(2, `ingress: [${from('Allow')}]`);
    expect(await verdict([high, low], 'w/b', 'x/a')).toBe('deny ingress');
    expect(await verdict([admin(3, `ingress: [${from('Allow')}, ${from('Deny')}]`)], 'w/b', 'x/a')).toBe(
      'allow',
    );
  });

  test('rules decide port by port', async () => {
    const rules = admin(
      1,
      `ingress: [${from('Deny', ', ports: [{portNumber: {port: 80, protocol: TCP}}]')}, ${from('Allow', ', ports: [{portRange: {start: 80, end: 90, protocol: TCP}}, {namedPort: serve-80-udp}]')}]`,
    );
    expect(await verdict([rules, closed], 'w/b', 'x/a', { port: 80 })).toBe('deny ingress');
    expect(await verdict([rules, closed], 'w/b', 'x/a', { port: 85 })).toBe('allow');
    expect(await verdict([rules, closed], 'w/b', 'x/a', { port: 80, protocol: 'UDP' })).toBe('allow');
    expect(await verdict([rules, closed], 'w/b', 'x/a', { port: 91 })).toBe('deny ingress');
  });

  test('subjects may be pods', async () => {
    const pods = admin(1, `ingress: [${from('Deny')}]`).replace(
      'namespaces: {matchLabels: {ns: x}}}',
      'pods: {namespaceSelector: {}, podSelector: {matchLabels: {pod: a}}}}',
    );
    expect(await verdict([pods], 'w/b', 'z/a')).toBe('deny ingress');
    expect(await verdict([pods], 'w/b', 'z/b')).toBe('allow');
  });

  test('networks hold for pods as well', async () => {
    const rules = admin(1, 'egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]');
    expect(await verdict([rules], 'x/a', 'ip:8.8.8.8')).toBe('deny egress');
    expect(await verdict([rules], 'x/a', 'w/b')).toBe('deny egress');
    const some = admin(1, 'egress: [{action: Deny, to: [{networks: [10.0.0.0/8]}]}]');
    expect(await verdict([some], 'x/a', 'ip:8.8.8.8')).toBe('allow');
    const known = (ip: string): string =>
      `{apiVersion: v1, kind: Pod, metadata: {name: k, namespace: w}, spec: {}, status: {podIP: ${ip}}}`;
    expect(await verdict([some, known('10.1.1.1')], 'x/a', 'w/k')).toBe('deny egress');
    expect(await verdict([some, known('11.1.1.1')], 'x/a', 'w/k')).toBe('allow');
    // addresses of pods that nobody tells count only where it is asked for
    expect(await verdict([some], 'x/a', 'w/b')).toBe('allow');
    expect(await verdict([some], 'x/a', 'w/b', undefined, { ipBlockMatchesPods: true })).toBe(
      'error unsupported',
    );
  });

  test('domain names', async () => {
    const rules = [
      admin(
        1,
        "egress: [{action: Allow, to: [{domainNames: ['*.github.com']}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}], ports: [{portNumber: {port: 443, protocol: TCP}}]}]",
      ),
    ];
    expect(await verdict(rules, 'x/a', 'fqdn:api.github.com', { port: 443 })).toBe('allow');
    expect(await verdict(rules, 'x/a', 'fqdn:github.com', { port: 443 })).toBe('deny egress');
  });

  test.each([
    ['priority: 1001', 'priority'],
    ['ingress: [{action: allow, from: [{namespaces: {}}]}]', 'action'],
    ['ingress: [{action: Allow, from: []}]', 'no from'],
    ['ingress: [{action: Allow, from: [{}]}]', 'exactly one'],
    ["egress: [{action: Deny, to: [{domainNames: ['a.b']}]}]", 'does not allow'],
  ])('fails to take part: %s', async (rules, reason) => {
    const wrong = admin(1, rules).replace(
      'priority: 1, ',
      rules.startsWith('priority') ? '' : 'priority: 1, ',
    );
    const answer = await reach([wrong], 'w/b', 'x/a');
    expect(answer).toMatchObject({
      verdict: 'allow',
      ignored: [{ kind: 'AdminNetworkPolicy', name: 'p1', reason: expect.stringContaining(reason) }],
    });
  });
});

describe('BaselineAdminNetworkPolicy', () => {
  const deny = baseline(`ingress: [${from('Deny')}]`);

  test('decides where no NetworkPolicy isolates the pod', async () => {
    expect(await verdict([deny], 'w/b', 'x/a')).toBe('deny ingress');
    expect(await verdict([deny], 'z/b', 'x/a')).toBe('allow');
    expect(await verdict([deny, open], 'w/b', 'x/a')).toBe('allow');
  });

  test('comes after AdminNetworkPolicies', async () => {
    expect(await verdict([deny, admin(1, `ingress: [${from('Allow')}]`)], 'w/b', 'x/a')).toBe('allow');
    expect(await verdict([deny, admin(1, `ingress: [${from('Pass')}]`)], 'w/b', 'x/a')).toBe('deny ingress');
  });

  test('fails to take part under another name', async () => {
    expect(await verdict([baseline(`ingress: [${from('Deny')}]`, 'other')], 'w/b', 'x/a')).toBe('allow');
  });
});
