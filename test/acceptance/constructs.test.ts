import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { identityOf, identityText, type Manifest } from '../../core/manifest.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { Client, refusal } from '../../tools/servers/client.ts';
import { everything } from '../constructs/everything.ts';
import { haveCrds } from './crds.ts';

const manifests = synthesize(everything()).map(({ manifest }) => manifest);
/** What pods name and the cluster brings. */
const cluster: Manifest[] = [
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'kata' }, handler: 'kata' },
];

let client: Client;
beforeAll(() => {
  client = new Client(inject('access'));
});
afterAll(async () => {
  for (const manifest of [...cluster, ...manifests].toReversed()) await client.remove(manifest);
  client.close();
});

describe.skipIf(!haveCrds)('the API server', () => {
  test('accepts every construct with every option, under strict field validation', async () => {
    const refused: string[] = [];
    for (const manifest of [...cluster, ...manifests]) {
      const answer = await client.apply(manifest);
      if (answer.status >= 300) refused.push(`${identityText(identityOf(manifest))}: ${refusal(answer)}`);
    }
    expect(refused).toEqual([]);
  });
});
