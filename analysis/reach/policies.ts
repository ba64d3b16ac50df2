import { identityText } from '../../core/manifest.ts';
import type { Inventory, InventoryObject } from '../../inventory/index.ts';
import { adminNetworkPolicy, baselineNetworkPolicy } from './admin-policy.ts';
import { ciliumPolicies } from './cilium-policy.ts';
import { matches } from './match.ts';
import type { Direction, Ignored, Pod, Policy, ReachOptions, Section } from './model.ts';
import { networkPolicy } from './network-policy.ts';
import { Refused } from './refused.ts';
import { managedPolicy } from './sandbox-policy.ts';

/** Every policy of an input, compiled, and what was left out. */
export interface PolicySet {
  readonly options: ReachOptions;
  /** By ascending priority. */
  readonly admin: readonly Policy[];
  readonly baseline: readonly Policy[];
  /** Policies of a namespace and of the whole cluster that may select a pod of this namespace. */
  networkIn(namespace: string): readonly Policy[];
  readonly ignored: readonly Ignored[];
}

/** A policy that applies to a pod in one direction. */
export interface Applied {
  readonly policy: Policy;
  readonly section: Section;
}

const ADMIN_GROUP = 'policy.networking.k8s.io';

const KINDS: readonly {
  readonly group: string;
  readonly kind: string;
  readonly compile: (object: InventoryObject, inventory: Inventory) => readonly Policy[];
}[] = [
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', compile: (object) => [networkPolicy(object)] },
  { group: ADMIN_GROUP, kind: 'AdminNetworkPolicy', compile: (object) => [adminNetworkPolicy(object)] },
  {
    group: ADMIN_GROUP,
    kind: 'BaselineAdminNetworkPolicy',
    compile: (object) => [baselineNetworkPolicy(object)],
  },
  { group: ADMIN_GROUP, kind: 'ClusterNetworkPolicy', compile: (object) => [unknownPolicy(object)] },
  { group: 'cilium.io', kind: 'CiliumNetworkPolicy', compile: ciliumPolicies },
  { group: 'cilium.io', kind: 'CiliumClusterwideNetworkPolicy', compile: ciliumPolicies },
  {
    group: 'extensions.agents.x-k8s.io',
    kind: 'SandboxTemplate',
    compile: (object) => {
      const policy = managedPolicy(object);
      return policy === undefined ? [] : [policy];
    },
  },
];

/** A policy whose meaning is not known here, so that no answer can be given where it may have a say. */
function unknownPolicy({ identity }: InventoryObject): Policy {
  const section: Section = { path: '/spec', isolates: false, rules: [] };
  const subject = { type: 'not-modelled', what: identityText(identity) } as const;
  return { object: identity, tier: 'admin', priority: 0, subject, ingress: section, egress: section };
}

type Compiled = Omit<PolicySet, 'options'>;

const cache = new WeakMap<Inventory, Map<ReachOptions['cni'], Compiled>>();

/** Compiles every network policy of an input; a second time for one input it is at hand. */
export function policiesOf(inventory: Inventory, options: ReachOptions): PolicySet {
  const known = cache.get(inventory) ?? new Map<ReachOptions['cni'], Compiled>();
  cache.set(inventory, known);
  const compiled = known.get(options.cni) ?? compileAll(inventory, options.cni);
  known.set(options.cni, compiled);
  return { options, ...compiled };
}

function compileAll(inventory: Inventory, cni: ReachOptions['cni']): Compiled {
  const policies: Policy[] = [];
  const ignored: Ignored[] = [];
  for (const { group, kind, compile } of KINDS) {
    for (const object of inventory.ofKind(kind, group)) {
      const reason =
        group === 'cilium.io' && cni !== 'cilium'
          ? 'the cluster network does not enforce policies of Cilium (option cni)'
          : attempt(() => policies.push(...compile(object, inventory)));
      if (reason === undefined) continue;
      const { namespace, name } = object.identity;
      ignored.push({ kind, ...(namespace === undefined ? {} : { namespace }), name, reason });
    }
  }
  const byNamespace = Map.groupBy(
    policies.filter(({ tier }) => tier === 'network'),
    ({ object }) => object.namespace ?? '',
  );
  const clusterwide = byNamespace.get('') ?? [];
  return {
    admin: policies
      .filter(({ tier }) => tier === 'admin')
      .sort(
        (left, right) => left.priority - right.priority || (left.object.name < right.object.name ? -1 : 1),
      ),
    baseline: policies.filter(({ tier }) => tier === 'baseline'),
    networkIn: (namespace) => [...(byNamespace.get(namespace) ?? []), ...clusterwide],
    ignored,
  };
}

/** @returns why an object is refused; undefined where it is not. */
function attempt(compile: () => void): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

/** @returns which of some policies say something about a pod in a direction. */
export function applied(
  policies: readonly Policy[],
  subject: Pod,
  direction: Direction,
  options: ReachOptions,
): Applied[] {
  return policies.flatMap((policy) => {
    const section = policy[direction];
    if (section === undefined) return [];
    return matches(policy.subject, { type: 'pod', pod: subject }, options) ? [{ policy, section }] : [];
  });
}
