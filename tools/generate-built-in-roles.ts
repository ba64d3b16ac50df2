import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../core/manifest.ts';
import { listAt, mapAt } from '../inventory/index.ts';
import { startApiServer } from './servers/api-server.ts';
import { Client } from './servers/client.ts';

/**
 * Asks a new API server for the ClusterRoles that it makes by itself and writes them to
 * `analysis/access/built-in-roles.generated.json`: manifests bind `view` or `edit` without defining them.
 *
 * Run: node tools/generate-built-in-roles.ts
 */

const PATH =
  '/apis/rbac.authorization.k8s.io/v1/clusterroles?labelSelector=kubernetes.io/bootstrapping%3Drbac-defaults';
const OUTPUT = new URL('../analysis/access/built-in-roles.generated.json', import.meta.url);

const server = await startApiServer();
const client = new Client(server);
try {
  // the server makes them one after the other, once it is ready
  let items = listAt((await client.send('GET', PATH)).body, 'items');
  for (let before = -1; before !== items.length; ) {
    before = items.length;
    await sleep(2000);
    items = listAt((await client.send('GET', PATH)).body, 'items');
  }
  const roles = items.map((item): JsonObject => {
    const { name, labels } = mapAt(item, 'metadata');
    const { rules, aggregationRule } = item as JsonObject;
    return {
      metadata: { name: name ?? '', labels: labels ?? {} },
      ...(aggregationRule === undefined ? { rules: rules ?? [] } : { aggregationRule }),
    };
  });
  writeFileSync(OUTPUT, `[\n${roles.map((role) => JSON.stringify(role)).join(',\n')}\n]\n`);
} finally {
  client.close();
  await server.stop();
}
