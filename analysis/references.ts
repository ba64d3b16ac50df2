import { type Inventory, type InventoryObject, type PodTemplate, podTemplates } from '../inventory/index.ts';
import { type External, indexExternals } from './externals.ts';
import { gatewayReferences } from './references/gateway-references.ts';
import { nameJudge } from './references/judge-name.ts';
import { podJudge } from './references/judge-pods.ts';
import { objectReferences } from './references/object-references.ts';
import { indexPods } from './references/pod-index.ts';
import { podReferences } from './references/pod-references.ts';
import type { NameReference, Reference } from './references/reference.ts';
import { workloadReferences } from './references/workload-references.ts';

export type { Reference } from './references/reference.ts';

/**
 * Every field of the input that points to another object or to pods, and what became of it: in input order of the
 * objects that refer. The time grows with the number of fields, not with its product with the number of objects.
 *
 * @param externals what is made elsewhere and may be referred to
 */
export function references(inventory: Inventory, externals: readonly External[] = []): Reference[] {
  const index = indexExternals(externals);
  const templates = podTemplates(inventory);
  const judgeName = nameJudge(inventory, index);
  const judgePods = podJudge(indexPods(templates), index);
  const found: Reference[] = [];
  const templateOf = new Map(
    templates.filter(({ claim }) => claim === undefined).map((template) => [template.object, template]),
  );
  for (const object of inventory.objects) {
    for (const reference of namesIn(object, templateOf.get(object))) {
      const { status, detail, inner } = judgeName(object, reference);
      const { path, innerPath, type, to, optional = false } = reference;
      found.push({
        from: object.identity,
        path: inner ? (innerPath ?? path) : path,
        type,
        to,
        optional,
        status,
        detail,
      });
    }
    for (const reference of workloadReferences(object)) {
      const verdict = judgePods(reference);
      if (verdict === undefined) continue;
      const { path, type, to } = reference;
      found.push({
        from: object.identity,
        path,
        type,
        to,
        optional: false,
        status: verdict.status,
        detail: verdict.detail,
      });
    }
  }
  return found;
}

function* namesIn(object: InventoryObject, template: PodTemplate | undefined): Generator<NameReference> {
  if (template !== undefined) yield* podReferences(template);
  yield* objectReferences(object);
  yield* gatewayReferences(object);
}
