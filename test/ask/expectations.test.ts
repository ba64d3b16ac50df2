import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { holdExpectations, type Outcome, parseExpectations } from '../../ask/index.ts';
import { InputError } from '../../core/problem.ts';
import { buildInventory, type Inventory, parseManifests, readInventory } from '../../inventory/index.ts';

const MANIFESTS = `
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {app: web, half: one}}
spec: {containers: []}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop, labels: {app: web, half: two}}
spec: {containers: []}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {matchLabels: {half: one}}, ingress: [{ports: [{port: 80}]}]}
`;

async function hold(text: string, inventory?: Inventory): Promise<Outcome[]> {
  const from = inventory ?? buildInventory(parseManifests(MANIFESTS, 'shop.yaml'));
  const outcomes: Outcome[] = [];
  for await (const outcome of holdExpectations(from, parseExpectations(text, 'e.yaml')))
    outcomes.push(outcome);
  return outcomes;
}

const holds = async (text: string): Promise<boolean[]> => (await hold(text)).map((outcome) => outcome.holds);

describe('expectations', () => {
  test('hold where the answer is as expected', async () => {
    expect(await holds('[{allow: {from: "any:x", to: shop/a, port: 80}}]')).toEqual([true]);
    expect(await holds('[{deny: {from: "any:x", to: shop/a, port: 80}}]')).toEqual([false]);
    expect(await holds('[{deny: {from: "any:x", to: shop/a, port: 81}}]')).toEqual([true]);
  });

  test('a denial means every part of it: fails where one of the pods, or of the ports, is open', async () => {
    expect(await holds('[{deny: {from: "any:x", to: shop/app=web, port: 81}}]')).toEqual([false]);
    expect(await holds('[{deny: {from: "any:x", to: shop/half=one}}]')).toEqual([false]);
    expect(await holds('[{deny: {from: "any:x", to: shop/half=one, protocol: UDP}}]')).toEqual([true]);
    expect(await holds('[{allow: {from: "any:x", to: shop/app=web, port: 81}}]')).toEqual([false]);
  });

  test('lists stand for each combination', async () => {
    expect(
      await holds('[{allow: {from: ["any:x", "any:z"], to: [shop/a, shop/b], port: [80, 81]}}]'),
    ).toEqual([true, false, true, true, true, false, true, true]);
  });

  test('any question can be asked; the answer must have what is expected', async () => {
    const question = '{type: reach, from: "any:x", to: shop/a, port: 81}';
    expect(await holds(`[{ask: ${question}, expect: {verdict: deny, stage: ingress}}]`)).toEqual([true]);
    expect(await holds(`[{ask: ${question}, expect: {because: [{policy: {name: closed}}]}}]`)).toEqual([
      true,
    ]);
    expect(await holds(`[{ask: ${question}, expect: {because: []}}]`)).toEqual([false]);
  });

  test('fails where there is no answer, as for labels that no pod has', async () => {
    const [outcome] = await hold('[{deny: {from: shop/app=wbe, to: shop/a, port: 81}}]');
    expect(outcome).toMatchObject({ holds: false, answer: { error: { code: 'not-found' } } });
  });

  test.each([
    ['allow: {}', 'not a list'],
    ['[{}]', 'exactly one of allow, deny, ask'],
    ['[{allow: {}, deny: {}}]', 'exactly one of allow, deny, ask'],
    ['[{ask: {type: reach}}]', 'ask and expect stand together'],
    ['[{allow: {from: []}}]', 'empty list'],
    ['[{alow: {}}]', 'alow'],
    ['[1]', 'object'],
  ])('fails to read %s', (text, problem) => {
    expect(() => parseExpectations(text, 'e.yaml')).toThrow(InputError);
    expect(() => parseExpectations(text, 'e.yaml')).toThrow(problem);
  });
});

describe('the expectations of Agentweaver', () => {
  const text = readFileSync('environments/agentweaver/expectations.yaml', 'utf8');
  const failing = (outcomes: readonly Outcome[]): string[] =>
    outcomes.filter((outcome) => !outcome.holds).map(({ expectation }) => expectation.text);

  test('hold for its default environment', async () => {
    expect(failing(await hold(text, await readInventory(['dist/agentweaver/default'])))).toEqual([]);
  });

  test('fail without its policies: every denial', async () => {
    const { objects } = await readInventory(['dist/agentweaver/default']);
    const open = buildInventory(objects.filter(({ identity }) => !identity.kind.endsWith('NetworkPolicy')));
    const outcomes = await hold(text, open);
    const denials = outcomes
      .map(({ expectation }) => expectation.text)
      .filter((each) => each.startsWith('deny '));
    expect(failing(outcomes)).toEqual(denials);
  });

  test('fail without any single policy that is the only one to open something', async () => {
    const { objects } = await readInventory(['dist/agentweaver/default']);
    for (const name of [
      'allow-worker-to-api',
      'allow-mcp-to-api',
      'sandbox-egress-fqdn-allowlist',
      'allow-app-dns-egress',
    ]) {
      const closed = buildInventory(objects.filter(({ identity }) => identity.name !== name));
      expect(failing(await hold(text, closed)).length, name).toBeGreaterThan(0);
    }
  });
});
