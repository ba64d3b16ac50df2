export { buildInventory } from './inventory.ts';
export { DEFAULT_LIMITS, LIMIT_OPTIONS, type Limits, limitsFrom } from './limits.ts';
export type { Inventory, InventoryObject, Position } from './model.ts';
export { parseManifests } from './parse.ts';
export { pointerOf, pointerSegments } from './position.ts';
export { type ReadOptions, readInventory } from './reader.ts';
export { isClusterScoped, scopedNamespace } from './scope.ts';
