import { groupOf, identityText } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, listAt } from '../../inventory/index.ts';
import type { External, ExternalIndex } from '../externals.ts';
import { everyClusterHas } from './cluster-objects.ts';
import { madeKey, madeSecrets } from './made-objects.ts';
import { indexGrants, listenerAdmits } from './permissions.ts';
import type { NamedTarget, NameReference } from './reference.ts';
import { GATEWAY_API, inside, matching, namesText, textOf, type Verdict } from './target.ts';

/** References whose target may be in another namespace only where a ReferenceGrant there allows it. */
const GRANTED: ReadonlySet<string> = new Set(['backend', 'certificate', 'ca-certificate']);

/** @returns a function that finds the target of a reference; each look-up takes the same time in any inventory. */
export function nameJudge(
  inventory: Inventory,
  externals: ExternalIndex,
): (from: InventoryObject, reference: NameReference) => Verdict {
  const made = madeSecrets(inventory);
  const grants = indexGrants(inventory);
  let elsewhere: ReadonlyMap<string, InventoryObject> | undefined;

  return (from, { type, to }) => {
    const own = from.identity.namespace ?? 'default';
    const crosses = to.namespace !== undefined && to.namespace !== own;
    if (
      crosses &&
      GRANTED.has(type) &&
      groupOf(from.identity.apiVersion) === GATEWAY_API &&
      !grants.permits(from, to)
    ) {
      return {
        status: 'not-permitted',
        detail: `no ReferenceGrant in namespace ${to.namespace} lets ${from.identity.kind} objects of ${own} refer to ${textOf(to)}`,
      };
    }
    const target = inventory.find(to.group, to.kind, to.namespace, to.name);
    if (target !== undefined) {
      const verdict = inside(target, to);
      if (verdict.status !== 'resolved' || type !== 'parent-gateway' || to.kind === 'Service') return verdict;
      return admission(inventory, target, to, own) ?? verdict;
    }
    const secrets =
      to.group === '' && to.kind === 'Secret' ? made.get(madeKey(to.namespace, to.name)) : undefined;
    if (secrets !== undefined) {
      const keys = secrets.some((secret) => secret.keys === undefined)
        ? undefined
        : secrets.flatMap((secret) => secret.keys ?? []);
      const maker = secrets[0] === undefined ? '' : identityText(secrets[0].maker.identity);
      return keyVerdict(to, keys, `made by ${maker}`, 'resolved');
    }
    if (everyClusterHas(to)) return { status: 'resolved', detail: 'every cluster has it' };
    const declared = externals.find(to);
    if (declared.length > 0) return externalVerdict(declared, to);
    elsewhere ??= namesElsewhere(inventory);
    return {
      status: 'missing',
      detail: missingDetail(to, elsewhere.get(nameKey(to.group, to.kind, to.name))),
    };
  };
}

function missingDetail(to: NamedTarget, other: InventoryObject | undefined): string {
  const found =
    other === undefined ? '' : `; there is one in namespace ${other.identity.namespace ?? 'default'}`;
  return `there is no ${textOf(to)}${found}`;
}

function namesElsewhere(inventory: Inventory): ReadonlyMap<string, InventoryObject> {
  const names = new Map<string, InventoryObject>();
  for (const object of inventory.objects) {
    const { apiVersion, kind, name } = object.identity;
    const key = nameKey(groupOf(apiVersion), kind, name);
    if (!names.has(key)) names.set(key, object);
  }
  return names;
}

function nameKey(group: string, kind: string, name: string): string {
  return `${group}/${kind}/${name}`;
}

function externalVerdict(declared: readonly External[], to: NamedTarget): Verdict {
  const open = declared.find(({ keys }) => keys === undefined);
  const keys = open === undefined ? declared.flatMap((external) => external.keys ?? []) : undefined;
  return keyVerdict(to, keys, (open ?? declared[0])?.reason ?? '', 'external');
}

function keyVerdict(
  to: NamedTarget,
  keys: readonly string[] | undefined,
  detail: string,
  status: 'resolved' | 'external',
): Verdict {
  if (to.key === undefined || keys === undefined || keys.includes(to.key)) return { status, detail };
  return {
    status: 'missing-key',
    detail: `${textOf(to)} (${detail}) has no key ${to.key}; its keys are ${namesText(keys)}`,
    inner: true,
  };
}

function admission(
  inventory: Inventory,
  gateway: InventoryObject,
  to: NamedTarget,
  namespace: string,
): Verdict | undefined {
  const listeners = matching(listAt(gateway.manifest, 'spec', 'listeners'), to);
  if (
    listeners.length === 0 ||
    listeners.some((listener) => listenerAdmits(inventory, gateway, listener, namespace))
  )
    return undefined;
  return {
    status: 'not-permitted',
    detail: `no listener of ${textOf(to)} admits routes of namespace ${namespace}`,
  };
}
