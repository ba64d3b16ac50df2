import { describe, expect, it } from 'vitest';
import { folderOf } from '../policies/files.ts';
import { sluice } from './run.ts';

const MANIFESTS = `apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}}
`;
const DENY = '- deny: {from: "any:x", to: shop/a, port: 80}\n';
const ALLOW = '- allow: {from: "any:x", to: shop/a, port: 80}\n  reason: it serves everybody\n';

describe('sluice test', () => {
  it('exits with 0 when every expectation holds', async () => {
    const cwd = await folderOf({ 'm.yaml': MANIFESTS, 'expectations.yaml': DENY });
    const { code, stdout } = await sluice(['test', 'm.yaml'], { cwd });
    expect(stdout).toBe('1 expectation holds\n');
    expect(code).toBe(0);
  });

  it('fails with what is instead, why, and where the expectation stands', async () => {
    const cwd = await folderOf({ 'm.yaml': MANIFESTS, 'e.yaml': DENY + ALLOW });
    const { code, stdout } = await sluice(['test', 'm.yaml', '--expect', 'e.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe(`e.yaml:2:3: expected allow any:x -> shop/a TCP 80
  reason: it serves everybody
  but it is verdict deny, stage ingress
    NetworkPolicy shop/closed isolates the pod for ingress, and none of its rules allows this (/spec)

1 of 2 expectations does not hold
`);
  });

  it('writes JSON', async () => {
    const cwd = await folderOf({ 'm.yaml': MANIFESTS, 'e.yaml': DENY });
    const { stdout } = await sluice(['test', 'm.yaml', '--expect', 'e.yaml', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([
      { where: 'e.yaml:1:3', holds: true, answer: { verdict: 'deny' } },
    ]);
  });

  it('exits with 2 when expectations cannot be read', async () => {
    const cwd = await folderOf({ 'm.yaml': MANIFESTS, 'e.yaml': '- {}\n' });
    expect(await sluice(['test', 'm.yaml', '--expect', 'e.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('e.yaml:1:3'),
    });
    expect(await sluice(['test', 'm.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expectations.yaml'),
    });
  });
});
