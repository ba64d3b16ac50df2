import type { Json, JsonObject } from '../../core/manifest.ts';
import { type Inventory, type InventoryObject, pointerOf, valueAt } from '../../inventory/index.ts';
import { ciliumPeers } from './cilium-peers.ts';
import { icmpTypes, portRule } from './cilium-ports.ts';
import { subjectSelector } from './endpoint-selector.ts';
import type { Direction, Policy, Rule, Section } from './model.ts';
import { asMap, listOf, mapOf, Refused, textOf } from './refused.ts';

/**
 * Compiles a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy: one policy for its `spec` and each of its `specs`.
 * Rules for nodes are left out, since they say nothing about pods.
 *
 * @throws Refused where Cilium would not take it
 */
export function ciliumPolicies(object: InventoryObject, inventory: Inventory): Policy[] {
  const spec = mapOf(object.manifest, 'spec');
  const specs = listOf(object.manifest, 'specs') ?? [];
  if (spec === undefined && specs.length === 0) throw new Refused('it has neither spec nor specs');
  return [
    ...(spec === undefined ? [] : compiled(object, spec, '/spec', inventory)),
    ...specs.flatMap((each, index) =>
      compiled(object, asMap(each, 'specs'), pointerOf('specs', index), inventory),
    ),
  ];
}

function compiled(
  { identity }: InventoryObject,
  spec: JsonObject,
  path: string,
  inventory: Inventory,
): Policy[] {
  const { apiVersion, kind, name } = identity;
  const namespace = kind === 'CiliumNetworkPolicy' ? (identity.namespace ?? 'default') : undefined;
  const pods = mapOf(spec, 'endpointSelector');
  const nodes = mapOf(spec, 'nodeSelector');
  if (pods !== undefined && nodes !== undefined)
    throw new Refused('it has both endpointSelector and nodeSelector');
  if (nodes !== undefined && namespace !== undefined)
    throw new Refused('a namespaced policy has a nodeSelector');
  if (pods === undefined && nodes === undefined) throw new Refused('it has no endpointSelector');
  const sections = {
    ingress: section(spec, 'ingress', path, namespace, inventory),
    egress: section(spec, 'egress', path, namespace, inventory),
  };
  const lists = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];
  if (lists.every((list) => (listOf(spec, list) ?? []).length === 0))
    throw new Refused(`it has none of ${lists.join(', ')}`);
  if (pods === undefined) return [];
  return [
    {
      object: { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name },
      tier: 'network',
      priority: 0,
      subject: { type: 'endpoints', selector: subjectSelector(pods, namespace) },
      ...(sections.ingress === undefined ? {} : { ingress: sections.ingress }),
      ...(sections.egress === undefined ? {} : { egress: sections.egress }),
    },
  ];
}

function section(
  spec: JsonObject,
  direction: Direction,
  path: string,
  namespace: string | undefined,
  inventory: Inventory,
): Section | undefined {
  const rules = (['allow', 'deny'] as const).flatMap((effect) => {
    const list = effect === 'allow' ? direction : `${direction}Deny`;
    return (listOf(spec, list) ?? []).map((value, index) => ({
      value: asMap(value, list),
      effect,
      path: `${path}${pointerOf(list, index)}`,
    }));
  });
  const compiledRules = rules.flatMap(({ value, effect, path: rulePath }) =>
    rulesOf(value, direction, effect, rulePath, namespace, inventory),
  );
  const said = valueAt(mapOf(spec, 'enableDefaultDeny') ?? {}, direction) ?? undefined;
  if (said !== undefined && typeof said !== 'boolean')
    throw new Refused(`enableDefaultDeny.${direction} is no boolean`);
  if (rules.length === 0 && said !== true) return undefined;
  return {
    path: rules.length === 0 ? path : (rules[0]?.path ?? path).replace(/\/\d+$/, ''),
    isolates: said ?? true,
    rules: compiledRules,
  };
}

/** A rule as one for each entry of its `toPorts`, for each has conditions of its own on requests. */
function rulesOf(
  rule: JsonObject,
  direction: Direction,
  effect: 'allow' | 'deny',
  path: string,
  namespace: string | undefined,
  inventory: Inventory,
): Rule[] {
  const requires = direction === 'ingress' ? 'fromRequires' : 'toRequires';
  const peers =
    (listOf(rule, requires) ?? []).length > 0
      ? [{ type: 'not-modelled' as const, what: requires }]
      : ciliumPeers(rule, direction, effect, namespace, inventory);
  const entries = listOf(rule, 'toPorts') ?? [];
  const icmps = listOf(rule, 'icmps') ?? [];
  if (entries.length > 0 && icmps.length > 0) throw new Refused('toPorts and icmps stand in one rule');
  const common = { effect, path, peers, ...authentication(rule) };
  if (icmps.length > 0) return [{ ...common, ports: icmpTypes(icmps) }];
  if (entries.length === 0)
    // a rule that says nothing at all matches nothing
    return [{ ...common, peers: peers ?? [], ports: undefined }];
  return entries.map((entry: Json, index) => ({
    ...common,
    ...portRule(entry, direction, effect),
    path: entries.length > 1 ? `${path}/toPorts/${index}` : path,
  }));
}

function authentication(rule: JsonObject): Pick<Rule, 'authentication'> {
  const mode = textOf(mapOf(rule, 'authentication') ?? {}, 'mode') ?? 'disabled';
  if (mode === 'disabled') return {};
  if (mode === 'required' || mode === 'test-always-fail') return { authentication: mode };
  throw new Refused(`authentication mode ${JSON.stringify(mode)} is unknown`);
}
