import { describe, expect, test } from 'vitest';
import { policy, reach, verdict } from './cluster.ts';

const ON_A = 'podSelector: {matchLabels: {pod: a}}';

/** Policies on x/a; what reaches x/a on TCP 80 but for other words. */
async function ingress(rules: string, from: string, more?: object): Promise<string> {
  return verdict([policy(`{${ON_A}, policyTypes: [Ingress], ingress: ${rules}}`)], from, 'x/a', more);
}

async function egress(rules: string, to: string | object, more?: object): Promise<string> {
  return verdict([policy(`{${ON_A}, policyTypes: [Egress], egress: ${rules}}`)], 'x/a', to, more);
}

describe('NetworkPolicy: what is isolated', () => {
  test('without policies everything passes', async () => {
    expect(await verdict([], 'x/a', 'w/b')).toBe('allow');
  });

  test('a pod that no policy selects is open', async () => {
    expect(await verdict([policy(`{${ON_A}}`)], 'w/a', 'x/b')).toBe('allow');
  });

  test('policies of another namespace do not select', async () => {
    expect(await verdict([policy('{podSelector: {}}')], 'x/a', 'w/a')).toBe('allow');
  });

  test.each([
    ['{podSelector: {}}', 'deny ingress', 'allow'],
    ['{podSelector: {}, policyTypes: []}', 'deny ingress', 'allow'],
    ['{podSelector: {}, egress: []}', 'deny ingress', 'allow'],
    ['{podSelector: {}, egress: [{ports: [{port: 1}]}]}', 'deny ingress', 'deny egress'],
    ['{podSelector: {}, policyTypes: [Egress]}', 'allow', 'deny egress'],
    ['{podSelector: {}, policyTypes: [Egress], ingress: [{}]}', 'allow', 'deny egress'],
    ['{podSelector: {}, policyTypes: [Ingress], egress: [{}]}', 'deny ingress', 'allow'],
    ['{podSelector: {}, policyTypes: [Ingress, Egress]}', 'deny ingress', 'deny egress'],
    ['{podSelector: {}, ingress: [{}]}', 'allow', 'allow'],
  ])('%s: ingress %s, egress %s', async (spec, into, out) => {
    expect(await verdict([policy(spec)], 'w/a', 'x/a')).toBe(into);
    expect(await verdict([policy(spec)], 'x/a', 'w/a')).toBe(out);
  });

  test('a connection needs egress of its source and ingress of its destination', async () => {
    const policies = [
      policy('{podSelector: {}, policyTypes: [Ingress, Egress], egress: [{}]}', 'NetworkPolicy', 'out'),
      policy(`{${ON_A}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]}`, 'NetworkPolicy', 'in'),
    ];
    expect(await verdict(policies, 'x/b', 'x/a')).toBe('allow');
    expect(await verdict(policies, 'x/c', 'x/a')).toBe('deny ingress');
    expect(await verdict(policies, 'x/a', 'x/b')).toBe('deny ingress');
  });

  test('a pod reaches itself', async () => {
    expect(await verdict([policy('{podSelector: {}, policyTypes: [Ingress, Egress]}')], 'x/a', 'x/a')).toBe(
      'allow',
    );
  });

  test("a pod's own node reaches it", async () => {
    expect(await verdict([policy('{podSelector: {}}')], 'entity:host', 'x/a')).toBe('allow');
    expect(await verdict([policy('{podSelector: {}}')], 'entity:remote-node', 'x/a')).toBe('deny ingress');
  });
});

describe('NetworkPolicy: peers', () => {
  test.each([
    ['[{from: []}]', 'w/b', 'allow'],
    ['[{}]', 'ip:203.0.113.7', 'allow'],
    ['[{from: [{podSelector: {}}]}]', 'x/b', 'allow'],
    ['[{from: [{podSelector: {}}]}]', 'w/b', 'deny ingress'],
    ['[{from: [{namespaceSelector: {}}]}]', 'z/c', 'allow'],
    ['[{from: [{namespaceSelector: {}}]}]', 'ip:203.0.113.7', 'deny ingress'],
    ['[{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}]', 'w/c', 'allow'],
    ['[{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}]', 'x/c', 'deny ingress'],
    ['[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: w}}}]}]', 'w/c', 'allow'],
    [
      '[{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: new}}}]}]',
      'any:new',
      'allow',
    ],
    // within one peer selectors are ANDed
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: b}}}]}]',
      'w/b',
      'allow',
    ],
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: b}}}]}]',
      'w/a',
      'deny ingress',
    ],
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: b}}}]}]',
      'x/b',
      'deny ingress',
    ],
    // two items of the list are ORed
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}}, {podSelector: {matchLabels: {pod: b}}}]}]',
      'w/a',
      'allow',
    ],
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}}, {podSelector: {matchLabels: {pod: b}}}]}]',
      'x/b',
      'allow',
    ],
    [
      '[{from: [{namespaceSelector: {matchLabels: {ns: w}}}, {podSelector: {matchLabels: {pod: b}}}]}]',
      'z/b',
      'deny ingress',
    ],
    [
      '[{from: [{podSelector: {matchExpressions: [{key: absent, operator: NotIn, values: [v]}]}}]}]',
      'x/b',
      'allow',
    ],
    [
      '[{from: [{podSelector: {matchExpressions: [{key: absent, operator: DoesNotExist}]}}]}]',
      'x/b',
      'allow',
    ],
    [
      '[{from: [{podSelector: {matchExpressions: [{key: pod, operator: In, values: [b, c]}]}}]}]',
      'x/c',
      'allow',
    ],
    [
      '[{from: [{podSelector: {matchLabels: {pod: b}, matchExpressions: [{key: pod, operator: In, values: [c]}]}}]}]',
      'x/b',
      'deny ingress',
    ],
  ])('from %s: %s %s', async (rules, from, expected) => {
    expect(await ingress(rules, from)).toBe(expected);
  });

  test.each([
    ['ip:10.1.0.1', 'allow'],
    ['ip:10.2.0.1', 'deny egress'],
    ['ip:11.0.0.1', 'deny egress'],
    ['cidr:10.1.0.0/16', 'allow'],
    ['cidr:10.0.0.0/14', 'deny egress'],
    ['cidr:10.4.0.0/14', 'allow'],
    ['ip:fd00::1', 'deny egress'],
  ])('ipBlock 10/8 without 10.2/16, to %s: %s', async (to, expected) => {
    expect(await egress('[{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16]}}]}]', to)).toBe(expected);
  });

  test('an excepted address may be allowed by another peer', async () => {
    const rules =
      '[{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16]}}, {ipBlock: {cidr: 10.2.3.0/24}}]}]';
    expect(await egress(rules, 'ip:10.2.3.4')).toBe('allow');
  });

  test('two blocks together may cover a third', async () => {
    const rules = '[{to: [{ipBlock: {cidr: 10.0.0.0/9}}]}, {to: [{ipBlock: {cidr: 10.128.0.0/9}}]}]';
    expect(await egress(rules, 'cidr:10.0.0.0/8')).toBe('allow');
  });

  test('an ipBlock matches no pod, unless the network says so', async () => {
    const spec = `{${ON_A}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}`;
    expect(await verdict([policy(spec)], 'x/a', 'w/b')).toBe('deny egress');
    const matching = { ipBlockMatchesPods: true };
    expect(await verdict([policy(spec)], 'x/a', 'w/b', undefined, matching)).toBe('allow');
    const half = spec.replace('0.0.0.0/0', '10.0.0.0/8');
    expect(await verdict([policy(half)], 'x/a', 'w/b', undefined, matching)).toBe('error unsupported');
    const known = (ip: string): string =>
      `{apiVersion: v1, kind: Pod, metadata: {name: k, namespace: w}, spec: {}, status: {podIP: ${ip}}}`;
    expect(await verdict([policy(half), known('10.1.1.1')], 'x/a', 'w/k', undefined, matching)).toBe('allow');
    expect(await verdict([policy(half), known('11.1.1.1')], 'x/a', 'w/k', undefined, matching)).toBe(
      'deny egress',
    );
  });
});

describe('NetworkPolicy: ports', () => {
  test.each([
    ['[{ports: []}]', 80, 'UDP', 'allow'],
    ['[{ports: [{port: 80}]}]', 80, undefined, 'allow'],
    ['[{ports: [{port: 80}]}]', 80, 'UDP', 'deny ingress'],
    ['[{ports: [{port: 80}]}]', 81, 'TCP', 'deny ingress'],
    ['[{ports: [{protocol: UDP}]}]', 4711, 'UDP', 'allow'],
    ['[{ports: [{protocol: UDP}]}]', 4711, 'TCP', 'deny ingress'],
    ['[{ports: [{port: 80, protocol: SCTP}]}]', 80, 'SCTP', 'allow'],
    ['[{ports: [{port: 79, endPort: 81}]}]', 81, 'TCP', 'allow'],
    ['[{ports: [{port: 79, endPort: 81}]}]', 82, 'TCP', 'deny ingress'],
    ['[{ports: [{port: serve-80-tcp}]}]', 80, 'TCP', 'allow'],
    ['[{ports: [{port: serve-80-tcp}]}]', 81, 'TCP', 'deny ingress'],
    ['[{ports: [{port: serve-80-tcp, protocol: UDP}]}]', 80, 'UDP', 'deny ingress'],
    ['[{ports: [{port: serve-80-udp, protocol: UDP}]}]', 80, 'UDP', 'allow'],
    ['[{ports: [{port: nowhere}]}]', 80, 'TCP', 'deny ingress'],
    ['[{ports: [{port: 80}]}]', 'serve-80-tcp', 'TCP', 'allow'],
    ['[{ports: [{port: 80}]}]', 'serve-81-tcp', 'TCP', 'deny ingress'],
    ['[{ports: [{port: 80}]}]', undefined, 'TCP', 'deny ingress'],
    ['[{ports: [{protocol: TCP}]}]', undefined, 'TCP', 'allow'],
    ['[{ports: [{protocol: TCP}]}]', undefined, undefined, 'deny ingress'],
    ['[{ports: [{port: 1, endPort: 80}, {port: 81, endPort: 65535}]}]', undefined, 'TCP', 'allow'],
    ['[{}]', 8, 'ICMP', 'allow'],
    ['[{ports: [{protocol: TCP}]}]', 8, 'ICMP', 'deny ingress'],
  ])('%s, port %s %s: %s', async (rules, port, protocol, expected) => {
    const asked = {
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
    };
    expect(await ingress(rules, 'x/b', asked)).toBe(expected);
  });

  test('a name is resolved on each receiving pod', async () => {
    expect(await egress('[{ports: [{port: own}]}]', 'x/b', { port: 1002 })).toBe('allow');
    expect(await egress('[{ports: [{port: own}]}]', 'x/b', { port: 1001 })).toBe('deny egress');
    expect(await egress('[{ports: [{port: own}]}]', 'w/c', { port: 1003 })).toBe('allow');
    expect(await egress('[{ports: [{port: own}]}]', 'ip:8.8.8.8', { port: 1001 })).toBe('deny egress');
  });

  test('peers and ports of one rule are ANDed, rules are ORed', async () => {
    const rules =
      '[{from: [{podSelector: {matchLabels: {pod: b}}}], ports: [{port: 80}]}, {ports: [{port: 81}]}]';
    expect(await ingress(rules, 'x/b')).toBe('allow');
    expect(await ingress(rules, 'x/c')).toBe('deny ingress');
    expect(await ingress(rules, 'x/c', { port: 81 })).toBe('allow');
  });

  test('ports of a Service are not those of policies', async () => {
    const service = `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: x},
      spec: {selector: {pod: a}, ports: [{name: http, port: 8080, targetPort: 80}, {name: other, port: 9090, targetPort: serve-81-tcp}]}}`;
    const only80 = policy(`{${ON_A}, ingress: [{ports: [{port: 80}]}]}`);
    expect(await verdict([service, only80], 'w/b', 'service:x/web', { port: 8080 })).toBe('allow');
    expect(await verdict([service, only80], 'w/b', 'service:x/web', { port: 'http' })).toBe('allow');
    expect(await verdict([service, only80], 'w/b', 'service:x/web', { port: 9090 })).toBe('deny ingress');
    expect(await verdict([service, only80], 'w/b', 'service:x/web', {})).toBe('deny ingress');
    expect(await verdict([service, only80], 'w/b', 'service:x/web', { port: 80 })).toBe('error not-found');
    expect(await verdict([service, only80], 'w/b', 'fqdn:web.x.svc.cluster.local', { port: 8080 })).toBe(
      'allow',
    );
  });
});

describe('NetworkPolicy: what the API server refuses takes no part', () => {
  test.each([
    ['ingress: [{from: [{}]}]', 'neither ipBlock'],
    ['ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]', 'an ipBlock and a selector'],
    ['ingress: [{from: [{ipBlock: {cidr: 10.0.0.0}}]}]', 'no CIDR'],
    ['ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]', 'not within its cidr'],
    ['ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]', 'leaves nothing'],
    ['policyTypes: [Ingress, Egress, Ingress]', 'more than two'],
    ['ingress: [{ports: [{port: 0}]}]', 'not between'],
    ['ingress: [{ports: [{port: 65536}]}]', 'not between'],
    ['ingress: [{ports: [{port: 80, endPort: 79}]}]', 'below'],
    ['ingress: [{ports: [{port: http, endPort: 90}]}]', 'endPort'],
    ['ingress: [{ports: [{endPort: 90}]}]', 'endPort'],
    ['ingress: [{ports: [{protocol: ICMP}]}]', 'protocol'],
    ['ingress: [{ports: [{port: a_b}]}]', 'no port name'],
    ['policyTypes: [ingress]', 'policyTypes'],
    ['ingress: {}', 'no list'],
    [
      'ingress: [{from: [{podSelector: {matchExpressions: [{key: a, operator: In, values: []}]}}]}]',
      'selector',
    ],
  ])('%s', async (field, reason) => {
    const answer = await reach([policy(`{podSelector: {}, ${field}}`)], 'w/a', 'x/a');
    expect(answer).toMatchObject({
      verdict: 'allow',
      ignored: [
        { kind: 'NetworkPolicy', namespace: 'x', name: 'p', reason: expect.stringContaining(reason) },
      ],
    });
  });
});

describe('the answer says why', () => {
  test('of what is allowed, the rules that allow it', async () => {
    const answer = await reach(
      [policy(`{${ON_A}, ingress: [{ports: [{port: 81}]}, {ports: [{port: 80}]}]}`)],
      'w/a',
      'x/a',
    );
    expect(answer['because']).toEqual([
      {
        effect: 'allow',
        policy: { kind: 'NetworkPolicy', namespace: 'x', name: 'p' },
        path: '/spec/ingress/1',
        text: 'NetworkPolicy x/p allows this ingress',
      },
    ]);
  });

  test('of what is denied, the policies that isolate', async () => {
    const policies = [
      policy('{podSelector: {}}'),
      policy(`{${ON_A}, ingress: [{ports: [{port: 81}]}]}`, 'NetworkPolicy', 'q'),
    ];
    const answer = await reach(policies, 'w/a', 'x/a');
    expect(answer['because']).toMatchObject([
      { effect: 'default-deny', policy: { name: 'p' }, path: '/spec' },
      { effect: 'default-deny', policy: { name: 'q' }, path: '/spec/ingress' },
    ]);
  });
});

describe('pods that controllers make', () => {
  const template = (managed: string): string => `apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata: {name: box, namespace: x}
spec: {${managed}podTemplate: {metadata: {labels: {pod: a}}, spec: {containers: []}}}`;

  test('the sandbox controller opens the internet, unless it is told not to', async () => {
    const deny = policy('{podSelector: {}, policyTypes: [Ingress, Egress]}');
    const box = 'x/SandboxTemplate/box';
    expect(await verdict([deny, template('')], box, 'ip:8.8.8.8')).toBe('allow');
    expect(await verdict([deny, template('')], box, 'ip:10.0.0.1')).toBe('deny egress');
    expect(await verdict([deny, template('')], 'any:agent-sandbox-system/app=sandbox-router', box)).toBe(
      'allow',
    );
    expect(await verdict([deny, template('networkPolicyManagement: Unmanaged, ')], box, 'ip:8.8.8.8')).toBe(
      'deny egress',
    );
  });

  test('pods of a Gateway carry its name', async () => {
    const gateway =
      '{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: x}, spec: {}}';
    const open = policy(
      `{${ON_A}, ingress: [{from: [{podSelector: {matchLabels: {gateway.networking.k8s.io/gateway-name: gw}}}]}]}`,
    );
    expect(await verdict([gateway, open], 'x/Gateway/gw', 'x/a')).toBe('allow');
    expect(await verdict([gateway, open], 'x/b', 'x/a')).toBe('deny ingress');
  });

  test('a pod in its node’s network: Cilium takes it for its node, NetworkPolicy leaves it open', async () => {
    const pod =
      '{apiVersion: v1, kind: Pod, metadata: {name: h, namespace: x, labels: {pod: h}}, spec: {hostNetwork: true}}';
    const named = policy(`{${ON_A}, ingress: [{from: [{podSelector: {matchLabels: {pod: h}}}]}]}`);
    const cilium = { cni: 'cilium' } as const;
    expect(await verdict([pod, named], 'x/h', 'x/a', undefined, cilium)).toBe('deny ingress');
    expect(await verdict([pod, policy('{podSelector: {}}')], 'x/b', 'x/h', undefined, cilium)).toBe('allow');
    expect(await verdict([pod, named], 'x/h', 'x/a')).toBe('error unsupported');
    expect(await verdict([pod, policy('{podSelector: {}}')], 'x/b', 'x/h')).toBe('error unsupported');
    expect(await verdict([pod, policy('{podSelector: {}}')], 'x/h', 'x/a')).toBe('deny ingress');
    expect(await verdict([pod], 'x/b', 'x/h')).toBe('allow');
  });
});
