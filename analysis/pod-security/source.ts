import {
  buildInventory,
  type Inventory,
  type InventoryObject,
  isMap,
  podTemplates,
  pointerOf,
  pointerSegments,
  valueAt,
} from '../../inventory/index.ts';
import { InvalidField } from './field.ts';
import { type Pod, readPod } from './pod.ts';

/**
 * The pod that an object is, or that a controller makes from it.
 *
 * @param inventory where a SandboxClaim finds its template
 * @returns undefined for a kind that makes no pods
 * @throws InvalidField where the pod has a value of a wrong type
 */
export function podOf(object: InventoryObject, inventory: Inventory): Pod | undefined {
  const { kind, apiVersion } = object.identity;
  if (kind === 'PodTemplate' && apiVersion === 'v1') return podAt(object, ['template']);
  const own = podTemplates(buildInventory([object]));
  const [template] = own.length > 0 || kind !== 'SandboxClaim' ? own : claimed(object, inventory);
  if (template === undefined) return undefined;
  const path = pointerSegments(template.path);
  // an AgentRuntime keeps labels and annotations of its pods right in the template
  const metadata = template.object.identity.kind === 'AgentRuntime' ? [] : ['metadata'];
  return podAt(template.object, path, metadata);
}

function claimed(claim: InventoryObject, inventory: Inventory) {
  return podTemplates(inventory).filter((template) => template.claim === claim);
}

function podAt(object: InventoryObject, template: readonly string[], metadata = ['metadata']): Pod {
  const specPath = [...template, 'spec'];
  const spec = valueAt(object.manifest, ...specPath);
  if (!isMap(spec)) throw new InvalidField(pointerOf(...specPath), 'is not a map');
  const annotationsPath = [...template, ...metadata, 'annotations'];
  const annotations = valueAt(object.manifest, ...annotationsPath) ?? {};
  if (!isMap(annotations)) throw new InvalidField(pointerOf(...annotationsPath), 'is not a map');
  return readPod(
    { value: spec, path: pointerOf(...specPath) },
    { value: annotations, path: pointerOf(...annotationsPath) },
    template.length === 0,
  );
}
