export { buildInventory } from './inventory.ts';
export { isMap, listAt, mapAt, textAt, textMapAt, valueAt } from './json.ts';
export {
  equalitySelector,
  type Labels,
  labelSelector,
  type Selector,
  selects,
} from './label-selector.ts';
export { LIMIT_OPTIONS, type Limits, limitsFrom } from './limits.ts';
export type { Inventory, InventoryObject } from './model.ts';
export { namespaceLabels } from './namespaces.ts';
export { parseManifests } from './parse.ts';
export { containersOf, type PodTemplate, podTemplates } from './pod-templates.ts';
export { pointerOf, pointerSegments } from './position.ts';
export { MANIFEST_FILE, type ReadOptions, readInventory } from './reader.ts';
export { isClusterScoped, scopedNamespace } from './scope.ts';
