import { textMapAt } from './json.ts';
import type { Labels } from './label-selector.ts';
import type { Inventory } from './model.ts';

/**
 * Labels of a namespace, with the one that the API server gives each; of a namespace that is not in the input,
 * that one alone is known.
 */
export function namespaceLabels(inventory: Inventory, name: string): Labels {
  const namespace = inventory.find('', 'Namespace', undefined, name);
  const labels = namespace === undefined ? {} : textMapAt(namespace.manifest, 'metadata', 'labels');
  return { ...labels, 'kubernetes.io/metadata.name': name };
}
