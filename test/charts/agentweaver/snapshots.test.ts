import { readFile } from 'node:fs/promises';
import { ApiObject, App } from 'cdk8s';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { agentweaver } from '../../../charts/agentweaver/index.ts';
import { readEnvironment } from '../../../charts/index.ts';
import { areaOf } from '../../../constructs/area.ts';

const file = new URL('../../../environments/agentweaver/default.yaml', import.meta.url).pathname;
const { environment, parameters } = await readEnvironment(file);
const chart = agentweaver.compose(new App(), environment, { ...parameters });

const areas = new Map<string, string[]>();
for (const construct of chart.node.findAll()) {
  if (!ApiObject.isApiObject(construct)) continue;
  const area = areaOf(construct);
  areas.set(area, [
    ...(areas.get(area) ?? []),
    dump(construct.toJson(), { lineWidth: -1, noRefs: true, quoteStyle: 'double' }),
  ]);
}

test('the areas are the topics of a review', () => {
  expect([...areas.keys()].sort()).toEqual([
    'api',
    'frontend',
    'gateway',
    'identity',
    'mcp',
    'namespace',
    'network',
    'quota',
    'sandbox',
    'secrets',
    'storage',
    'worker',
  ]);
});

test('the documentation names every area', async () => {
  const page = await readFile(new URL('../../../docs/platforms/agentweaver.md', import.meta.url), 'utf8');
  for (const area of [...areas.keys(), 'jobs']) expect(page).toContain(`\n| \`${area}\` | `);
});

test.each([...areas])('the area %s of the default environment', async (area, manifests) => {
  await expect(manifests.join('---\n')).toMatchFileSnapshot(`snapshots/${area}.yaml`);
});
