import { isOfConnections } from './attributes.ts';
import type { Connection } from './connection.ts';
import { meets } from './match.ts';
import type { Action, AuthorizationPolicy, AuthorizationRule, Condition, Ignored } from './model.ts';
import { every, some, type Ternary } from './ternary.ts';

/** What decided, and where it stands. */
export interface MeshReason {
  readonly effect: 'allow' | 'deny' | 'default-deny';
  readonly policy: Omit<Ignored, 'reason'>;
  /** JSON pointer into the policy. */
  readonly path: string;
  readonly text: string;
}

/** What all policies of one proxy together say. */
export interface Decision {
  readonly verdict: 'allow' | 'deny' | 'unknown';
  readonly because: readonly MeshReason[];
  /** Why the verdict is unknown. */
  readonly unknown?: string;
}

/** How the service of a CUSTOM policy decides; undefined where nobody said. */
export type Providers = (name: string) => 'allow' | 'deny' | undefined;

/**
 * CUSTOM goes before DENY before ALLOW. Where an ALLOW policy applies, one must match; AUDIT decides nothing.
 *
 * @param policies that apply to the proxy
 */
export function authorize(
  policies: readonly AuthorizationPolicy[],
  connection: Connection,
  providers: Providers,
): Decision {
  const of = (action: Action): Match[] =>
    policies.filter((policy) => policy.action === action).map((policy) => matchOf(policy, connection));
  const denies = of('DENY');
  const denying = denies.find(({ matches }) => matches === true);
  if (denying !== undefined) return { verdict: 'deny', because: [reason(denying, 'deny')] };
  const allows = of('ALLOW');
  if (allows.length > 0 && allows.every(({ matches }) => matches === false))
    return { verdict: 'deny', because: allows.map((match) => reason(match, 'default-deny')) };
  // ztunnel asks nobody
  const refusing = connection.proxy === 'ztunnel' ? undefined : refusal(of('CUSTOM'), providers);
  if (refusing !== undefined) return refusing;
  const allowing = allows.find(({ matches }) => matches === true);
  const open = [...denies, ...(allowing === undefined ? allows : [])].find(
    ({ matches }) => matches === undefined,
  );
  if (open !== undefined) return undecided(open);
  return { verdict: 'allow', because: allowing === undefined ? [] : [reason(allowing, 'allow')] };
}

/** What the provider says to what it is asked about; undefined where nobody is asked, or it allows. */
function refusal(customs: readonly Match[], providers: Providers): Decision | undefined {
  const names = [...new Set(customs.map(({ policy }) => policy.provider))];
  const [name] = names;
  if (name === undefined) return undefined;
  if (names.length > 1)
    return unknown(`${names.join(' and ')} are two providers of one workload, of which Istio takes one only`);
  const [asking] = customs.filter(({ matches }) => matches === true);
  const said = providers(name);
  if (said === 'allow') return undefined;
  if (asking === undefined) {
    const open = customs.find(({ matches }) => matches === undefined);
    return open === undefined ? undefined : undecided(open);
  }
  if (said === undefined) return unknown(`custom does not say what the provider ${name} decides`);
  return { verdict: 'deny', because: [reason(asking, 'deny')] };
}

function undecided({ policy }: Match): Decision {
  const { namespace, object } = policy;
  return unknown(
    `whether AuthorizationPolicy ${namespace}/${object.name} matches depends on what the question and the input do not say`,
  );
}

function unknown(why: string): Decision {
  return { verdict: 'unknown', because: [], unknown: why };
}

interface Match {
  readonly policy: AuthorizationPolicy;
  readonly matches: Ternary;
  /** That matches, or may. */
  readonly rule: AuthorizationRule | undefined;
}

function matchOf(policy: AuthorizationPolicy, connection: Connection): Match {
  const outcomes = policy.rules.map((rule) => ({
    rule,
    matches: matchesRule(rule, policy.action, connection),
  }));
  const matches = some(outcomes, (each) => each.matches);
  return { policy, matches, rule: outcomes.find((each) => each.matches === matches)?.rule };
}

/**
 * Where no request is seen, what asks about requests is left out of a rule that denies, which then denies more, and
 * a rule that allows does not match at all.
 */
function matchesRule(
  { sources, operations, conditions }: AuthorizationRule,
  action: Action,
  connection: Connection,
): Ternary {
  const { request, proxy } = connection;
  const isSeen = ({ attribute }: Condition, named: boolean): boolean =>
    request !== undefined || isOfConnections(attribute, proxy, named);
  const isWhole =
    [...sources, ...operations].flat().every((condition) => isSeen(condition, false)) &&
    conditions.every((condition) => isSeen(condition, true));
  if (action === 'ALLOW' && !isWhole) return false;
  const all = (list: readonly Condition[], named: boolean): Ternary =>
    every(
      list.filter((condition) => isSeen(condition, named)),
      (condition) => meets(condition, connection),
    );
  const any = (lists: readonly (readonly Condition[])[]): Ternary =>
    lists.length === 0 || some(lists, (list) => all(list, false));
  return every([() => any(sources), () => any(operations), () => all(conditions, true)], (part) => part());
}

function reason({ policy, rule }: Match, effect: MeshReason['effect']): MeshReason {
  const { kind, name } = policy.object;
  const path = effect === 'default-deny' ? '/spec/rules' : (rule?.path ?? '/spec');
  const says = {
    allow: 'allows it',
    deny: policy.action === 'CUSTOM' ? 'asks a provider that denies it' : 'denies it',
  };
  return {
    effect,
    policy: { kind, namespace: policy.namespace, name },
    path,
    text:
      effect === 'default-deny'
        ? `AuthorizationPolicy ${policy.namespace}/${name} applies, and none of its rules allows it`
        : `a rule of AuthorizationPolicy ${policy.namespace}/${name} ${says[effect]}`,
  };
}
