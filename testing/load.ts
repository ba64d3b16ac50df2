import type { JsonObject } from '../core/manifest.ts';
import { type Inventory, readInventory } from '../inventory/index.ts';
import { type CheckOptions, type CheckResult, check } from '../policies/check.ts';
import { findIndexes } from '../policies/find-index.ts';
import type { EnvironmentIndex } from '../policies/index-file.ts';
import { loadPacks, readPacks } from '../policies/packs.ts';
import { inventoryOf } from './manifests.ts';

/** Manifests under test. */
export interface Manifests {
  readonly inventory: Inventory;
  /** Checks them with packs, or with single rules, e.g. `check('workload')`, `check('workload-image-pinned')`. */
  check(...packsOrRules: string[]): Promise<CheckResult>;
  /**
   * The manifest of an object.
   *
   * @throws Error when there is none, with the objects of that kind there are
   */
  get(kind: string, name: string, namespace?: string): JsonObject;
}

/**
 * Loads manifests for a test. Of a folder that synth wrote, externals and environment come from the index
 * beside it; exceptions do not count, so that a test sees every finding.
 *
 * @param paths files or folders
 * @throws InputError when they cannot be read
 */
export async function loadManifests(...paths: string[]): Promise<Manifests> {
  const [inventory, ...indexes] = await Promise.all([
    readInventory(paths),
    ...paths.map((path) => findIndexes(path)),
  ]);
  const found = indexes.flat();
  return manifests(inventory, found.length === 1 ? found[0]?.index : undefined);
}

/** Manifests that stand in no file: of a construct tree (`Testing.synth(chart)`), or written in the test. */
export function manifestsOf(objects: readonly JsonObject[]): Manifests {
  return manifests(inventoryOf(objects), undefined);
}

function manifests(inventory: Inventory, index: EnvironmentIndex | undefined): Manifests {
  const options: CheckOptions =
    index === undefined
      ? {}
      : {
          externals: index.externals,
          environment: {
            platform: index.platform,
            environment: index.environment,
            parameters: index.parameters,
          },
        };
  return {
    inventory,
    async check(...names) {
      const packs = await readPacks();
      const rules = packs
        .flatMap((pack) => pack.rules)
        .filter(({ id, pack }) => names.includes(id) || names.includes(pack));
      const unknown = names.filter((name) => !rules.some(({ id, pack }) => name === id || name === pack));
      if (unknown.length > 0)
        throw new Error(`neither a pack nor a rule: ${unknown.join(', ')}; sluice rules lists them all`);
      const wanted = packs.filter(({ name }) => rules.some(({ pack }) => pack === name));
      const result = await check(await loadPacks(wanted), inventory, {
        ...options,
        only: new Set(rules.map(({ id }) => id)),
      });
      if (result.errors.length > 0)
        throw new Error(
          result.errors
            .map(({ rule, object = 'the input', reason }) => `${rule} broke at ${object}: ${reason}`)
            .join('\n'),
        );
      return result;
    },
    get(kind, name, namespace) {
      const objects = inventory.ofKind(kind);
      const object = objects.find(
        ({ identity }) =>
          identity.name === name && (namespace === undefined || identity.namespace === namespace),
      );
      if (object !== undefined) return object.manifest;
      const there = objects.map(({ identity }) => identity.name).join(', ') || 'none';
      throw new Error(`there is no ${kind} ${name}; of that kind there are: ${there}`);
    },
  };
}
