import { describe, expect, it } from 'vitest';
import { folderOf } from '../policies/files.ts';
import { sluice } from './run.ts';

const MANIFESTS = `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {app: a}}
spec: {containers: []}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop, labels: {app: b}}
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only-a, namespace: shop}
spec:
  podSelector: {matchLabels: {app: b}}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 80, endPort: 81}, {port: 53, protocol: UDP}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut, namespace: shop}
spec: {podSelector: {matchLabels: {app: a}}, policyTypes: [Ingress]}
`;

async function reach(format: string): Promise<string> {
  const cwd = await folderOf({ 'm.yaml': MANIFESTS });
  const { stdout, code } = await sluice(['reach', 'm.yaml', '--format', format], { cwd });
  expect(code).toBe(0);
  return stdout;
}

describe('sluice reach', () => {
  it('writes a table', async () => {
    expect(await reach('table')).toBe(`FROM        TO                       PORTS
shop/Pod/a  shop/Pod/b               TCP 80-81, UDP 53
shop/Pod/a  0.0.0.0-255.255.255.255  all
`);
  });

  it('writes CSV', async () => {
    expect(await reach('csv')).toBe(`from,to,ports
shop/Pod/a,shop/Pod/b,"TCP 80-81, UDP 53"
shop/Pod/a,0.0.0.0-255.255.255.255,all
`);
  });

  it('writes Markdown', async () => {
    expect(await reach('md')).toBe(`| from | to | ports |
| --- | --- | --- |
| shop/Pod/a | shop/Pod/b | TCP 80-81, UDP 53 |
| shop/Pod/a | 0.0.0.0-255.255.255.255 | all |
`);
  });

  it('writes a graph', async () => {
    expect(await reach('dot')).toContain('  "shop/Pod/a" -> "shop/Pod/b" [label="TCP 80-81, UDP 53"];\n');
  });

  it('writes JSON with peers, connections and exposure', async () => {
    const a = { workload: { namespace: 'shop', kind: 'Pod', name: 'a' } };
    const b = { workload: { namespace: 'shop', kind: 'Pod', name: 'b' } };
    const all = { ipRange: ['0.0.0.0', '255.255.255.255'] };
    expect(JSON.parse(await reach('json'))).toEqual({
      peers: [a, b, all],
      connections: [
        { from: a, to: b, ports: { TCP: [[80, 81]], UDP: [[53, 53]] } },
        { from: a, to: all, ports: 'all' },
      ],
      exposure: {
        egress: [{ workload: a, peer: { cluster: true }, ports: 'all' }],
        ingress: [],
        unprotected: [{ workload: a, direction: 'egress' }],
      },
    });
  });

  it('warns of policies that take no part', async () => {
    const cwd = await folderOf({ 'm.yaml': MANIFESTS.replace('port: 80,', 'port: 0,') });
    const { stdout, stderr } = await sluice(['reach', 'm.yaml'], { cwd });
    expect(stderr).toContain(
      'warning: NetworkPolicy shop/only-a takes no part: port 0 is not between 1 and 65535',
    );
    expect(stdout).toContain('shop/Pod/b  ');
  });

  it('exits with 2 where manifests do not say what the answer depends on', async () => {
    const nodes = `${MANIFESTS}---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: groups, namespace: shop}
spec: {endpointSelector: {}, egress: [{toGroups: [{aws: {}}]}]}
`;
    const cwd = await folderOf({ 'm.yaml': nodes });
    const { code, stderr } = await sluice(['reach', 'm.yaml'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('groups of a cloud provider');
  });
});
