import { expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { check } from '../../policies/check.ts';
import { loadPacks, readPacks } from '../../policies/packs.ts';
import { inventoryOf } from '../../testing/manifests.ts';

const packs = await loadPacks(await readPacks());
const COUNT = 3000;

/** What one rule finds; were its work the square of the input, the test would not end in time. */
async function findingsOf(rule: string, objects: readonly JsonObject[]) {
  const { findings, errors } = await check(packs, inventoryOf(objects), { only: new Set([rule]) });
  expect(errors).toEqual([]);
  return findings;
}

it('routes that all match the same requests are each held against the first', async () => {
  const routes = Array.from({ length: COUNT }, (_, index) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: `r${index}`, namespace: 'shop' },
    spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  }));
  expect(await findingsOf('gateway-duplicate-match', routes)).toHaveLength(COUNT - 1);
});

it('listeners that all conflict are each held against the first', async () => {
  const listeners = Array.from({ length: COUNT }, (_, index) => ({
    name: `l${index}`,
    port: 80,
    protocol: 'HTTP',
  }));
  const gateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: { gatewayClassName: 'example', listeners },
  };
  expect(await findingsOf('gateway-listener-conflict', [gateway])).toHaveLength(COUNT - 1);
});

it('budgets that all select every workload count its pods once', async () => {
  const app = { app: 'a' };
  const objects = Array.from({ length: COUNT }, (_, index): JsonObject[] => {
    const metadata = { name: `n${index}`, namespace: 'shop' };
    const containers = [{ name: 'c', image: 'registry.example/c:1' }];
    return [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { template: { metadata: { labels: app }, spec: { containers } } },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { minAvailable: COUNT, selector: { matchLabels: app } },
      },
    ];
  });
  expect(await findingsOf('workload-disruption-budget-allows', objects.flat())).toHaveLength(COUNT);
});

it('host names of many routes are looked up among the many listeners of their Gateway', async () => {
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const listeners = Array.from({ length: COUNT }, (_, index) => ({
    name: `l${index}`,
    port: 443,
    protocol: 'HTTPS',
    hostname: `h${index}.example.com`,
  }));
  const routes = listeners.map(({ name, hostname }) => ({
    apiVersion,
    kind: 'HTTPRoute',
    metadata: metadata(name),
    spec: { parentRefs: [{ name: 'edge' }], hostnames: [hostname, `not-${hostname}`] },
  }));
  const gateway = { apiVersion, kind: 'Gateway', metadata: metadata('edge'), spec: { listeners } };
  expect(await findingsOf('gateway-hostname-covered', [gateway, ...routes])).toHaveLength(COUNT);
});

it('a listener names a few of the many routes that it serves in clear', async () => {
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const routes = Array.from({ length: COUNT }, (_, index) => ({
    apiVersion,
    kind: 'HTTPRoute',
    metadata: { name: `r${index}`, namespace: 'shop' },
    spec: { parentRefs: [{ name: 'edge' }], rules: [{}] },
  }));
  const listeners = [{ name: 'http', port: 80, protocol: 'HTTP' }];
  const gateway = {
    apiVersion,
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: { listeners },
  };
  const [finding] = await findingsOf('gateway-plain-http', [gateway, ...routes]);
  expect(finding?.message).toMatch(/^listener http serves HTTPRoute shop\/r0, .* and more without TLS$/);
  expect(finding?.message.length).toBeLessThan(200);
});
