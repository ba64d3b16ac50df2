import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/manifest.ts';
import { documentsFor } from '../../policies/data.ts';
import { inventoryOf } from '../../testing/manifests.ts';

const object = (kind: string, name: string): JsonObject => ({ apiVersion: 'v1', kind, metadata: { name } });
const [web, api, shop] = [object('Pod', 'web'), object('Pod', 'api'), object('Service', 'shop')];
const external = { kind: 'Secret', name: 'given', reason: 'made elsewhere' };

async function documents(...reads: string[]): Promise<unknown> {
  let asked = 0;
  const source = {
    inventory: inventoryOf([web, shop, api]),
    externals: [external],
    environment: { platform: 'shop', environment: 'live', parameters: { zone: 'a' } },
    references: async () => {
      asked += 1;
      return [{ type: 'secret' }];
    },
  };
  const json = JSON.parse(new TextDecoder().decode(await documentsFor(reads, source)));
  expect(asked).toBe(reads.includes('facts/references') ? 1 : 0);
  return json;
}

describe('the data of a module', () => {
  it('is empty when no rule reads any', async () => {
    expect(await documents()).toEqual({});
  });

  it('holds only the kinds that are read, in input order', async () => {
    expect(await documents('inventory/kinds/Pod', 'inventory/kinds/Absent')).toEqual({
      inventory: { kinds: { Pod: [web, api] } },
    });
  });

  it('holds every kind when a rule reads kinds that it finds out', async () => {
    expect(await documents('inventory/kinds', 'inventory/kinds/Pod')).toEqual({
      inventory: { kinds: { Pod: [web, api], Service: [shop] } },
    });
  });

  it('holds facts, externals and environment when they are read', async () => {
    expect(await documents('facts/references', 'externals', 'environment')).toEqual({
      facts: { references: [{ type: 'secret' }] },
      externals: [external],
      environment: { platform: 'shop', environment: 'live', parameters: { zone: 'a' } },
    });
  });
});
