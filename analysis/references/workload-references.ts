import { groupOf } from '../../core/manifest.ts';
import {
  equalitySelector,
  type InventoryObject,
  labelSelector,
  listAt,
  mapAt,
  pointerOf,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import type { PodReference } from './reference.ts';

/** Pods that Services and PodDisruptionBudgets select, and the container ports that Services send to. */
export function* workloadReferences({
  identity,
  manifest,
}: InventoryObject): Generator<PodReference & { readonly protocol?: string }> {
  const namespace = identity.namespace ?? 'default';
  const group = groupOf(identity.apiVersion);
  if (group === 'policy' && identity.kind === 'PodDisruptionBudget') {
    const to = { group: '', kind: 'Pod', namespace, selector: mapAt(manifest, 'spec', 'selector') } as const;
    yield {
      path: '/spec/selector',
      type: 'pdb-selector',
      to,
      selector: labelSelector(valueAt(manifest, 'spec', 'selector')),
    };
  }
  if (group !== '' || identity.kind !== 'Service') return;
  const written = mapAt(manifest, 'spec', 'selector');
  // without a selector, someone else keeps the endpoints
  if (Object.keys(written).length === 0 || valueAt(manifest, 'spec', 'type') === 'ExternalName') return;
  const to = { group: '', kind: 'Pod', namespace, selector: written } as const;
  const selector = equalitySelector(written);
  yield { path: '/spec/selector', type: 'service-selector', to, selector };
  for (const [index, port] of listAt(manifest, 'spec', 'ports').entries()) {
    const target = valueAt(port, 'targetPort');
    const number = target ?? valueAt(port, 'port');
    if (typeof number !== 'number' && typeof number !== 'string') continue;
    yield {
      path: pointerOf('spec', 'ports', index, target === undefined ? 'port' : 'targetPort'),
      type: 'target-port',
      to: { ...to, port: number },
      selector,
      protocol: textAt(port, 'protocol') ?? 'TCP',
    };
  }
}
