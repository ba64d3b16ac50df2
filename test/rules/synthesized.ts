import { type Environment, PLATFORMS, readEnvironment } from '../../charts/index.ts';
import type { JsonObject } from '../../core/manifest.ts';
import {
  buildInventory,
  type Inventory,
  type InventoryObject,
  parseManifests,
} from '../../inventory/index.ts';
import type { CheckOptions } from '../../policies/check.ts';
import { App } from '../../synth/app.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { manifestYaml } from '../../synth/yaml.ts';
import { type Manifests, targetOf } from './mutations/index.ts';

/** An environment of Agentweaver as the gate sees it: YAML that was written and read again. */
export interface Synthesized {
  readonly manifests: Manifests;
  /** What the gate knows beside the manifests. */
  readonly knowledge: Pick<CheckOptions, 'externals' | 'environment'>;
  /** @returns the inventory of manifests, in which only those that changed are read anew. */
  inventoryOf(manifests: Manifests): Inventory;
}

/** @returns an environment of this repository, synthesized. */
export async function synthesized(name: string): Promise<Synthesized> {
  return synthesizedFrom(await readEnvironment(`environments/agentweaver/${name}.yaml`));
}

/** @returns an environment, synthesized. */
export function synthesizedFrom(environment: Environment): Synthesized {
  const platform = PLATFORMS[environment.platform];
  if (platform === undefined) throw new Error(`no platform ${environment.platform}`);
  const parameters = environment.parameters as JsonObject;
  const app = new App();
  platform.compose(app, environment.environment, environment.parameters);
  const objects = synthesize(app).flatMap(({ manifest }) => read(manifest));
  const known = new Map(objects.map((object): [JsonObject, InventoryObject] => [object.manifest, object]));
  return {
    manifests: new Map(objects.map(({ manifest }) => [targetOf(manifest), manifest])),
    knowledge: {
      externals: platform.externals(environment.parameters),
      environment: { platform: platform.name, environment: environment.environment, parameters },
    },
    inventoryOf: (manifests) =>
      buildInventory([...manifests.values()].flatMap((manifest) => known.get(manifest) ?? read(manifest))),
  };
}

function read(manifest: JsonObject): InventoryObject[] {
  return parseManifests(manifestYaml(manifest), `${targetOf(manifest).toLowerCase().replace(' ', '-')}.yaml`);
}
