import { identityText } from '../../core/manifest.ts';
import { type Inventory, podTemplates, textAt } from '../../inventory/index.ts';
import { type AccessModel, type AccessReason, decideAccess } from './access.ts';
import { type AccessRequest, ruleAllows } from './policy-rule.ts';
import { type Budget, type Rights, rightsOf } from './rights.ts';
import type { Role } from './role.ts';
import { parseSubject, type User } from './subject.ts';

/** One step from a right that somebody has to one that they can get. */
export interface EscalationStep {
  /** What the step uses. */
  readonly by: 'run-pod' | 'enter-pod' | 'token' | 'impersonate' | 'bind' | 'escalate';
  /** As whom the right is had then, in the form of a subject. */
  readonly as: string;
  readonly text: string;
}

type RoleStep = Omit<EscalationStep, 'as'>;

/** A way to something that is not allowed directly. */
export interface Escalation {
  readonly steps: readonly EscalationStep[];
  /** Why it is allowed at the end; empty where the last step is a binding or rule that does not exist yet. */
  readonly because: readonly AccessReason[];
}

/** Who somebody can become; `subject` is the text that stands for them. */
interface Principal {
  readonly subject: string;
  readonly user: User;
  readonly steps: readonly EscalationStep[];
}

const RBAC = 'rbac.authorization.k8s.io';

/** Resources whose objects run pods with a ServiceAccount of the writer's choice, by group. */
const WORKLOADS: readonly (readonly [group: string, resource: string])[] = [
  ['', 'pods'],
  ['', 'replicationcontrollers'],
  ['apps', 'deployments'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['apps', 'replicasets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
  ['agents.x-k8s.io', 'sandboxes'],
];

/** Rules that are tried before a search is given up; some seconds of work. */
const BUDGET = 100_000_000;

/**
 * The shortest way by which somebody gets at what they may not do directly: by running or entering a pod of another
 * ServiceAccount, by its token, by impersonation, by binding a role, or by widening one of their own.
 * Only what the input knows of is tried: its ServiceAccounts, the subjects of its bindings, its pods.
 *
 * @param budget of rules to try
 * @returns undefined where no such way is known; there may be others
 * @throws SearchTooLarge where the input leads too many subjects to one another
 */
export function escalationTo(
  model: AccessModel,
  inventory: Inventory,
  subject: string,
  user: User,
  request: AccessRequest,
  budget: Budget = { left: BUDGET },
): Escalation | undefined {
  const surroundings = survey(model, inventory);
  const seen = new Set([subject]);
  // whoever has the same bindings as another gets no further
  const tried = new Set<string>();
  // breadth first: the first way found is among the shortest
  const open: Principal[] = [{ subject, user, steps: [] }];
  for (const principal of open) {
    const rights = rightsOf(model, principal.user, budget);
    const key = rights.bindings.map(({ object }) => identityText(object.identity)).join(' ');
    if (tried.has(key)) continue;
    tried.add(key);
    const decision = decideAccess(model, principal.user, request);
    if (decision.allowed) return { steps: principal.steps, because: decision.because };
    const step = roleStep(model, principal.subject, rights, request);
    if (step !== undefined)
      return { steps: [...principal.steps, { ...step, as: principal.subject }], because: [] };
    for (const next of neighbours(surroundings, principal.subject, rights, seen)) {
      const known = parseSubject(next.as);
      if (known === undefined) continue;
      seen.add(next.as);
      open.push({ subject: next.as, user: known, steps: [...principal.steps, next] });
    }
  }
  return undefined;
}

/** Everybody whom the input knows. */
interface Surroundings {
  /** Names of ServiceAccounts by namespace. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string>>;
  /** ServiceAccounts of the pods of the input, by namespace. */
  readonly running: ReadonlyMap<string, ReadonlySet<string>>;
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

function survey(model: AccessModel, inventory: Inventory): Surroundings {
  const accounts = new Map<string, Set<string>>();
  const running = new Map<string, Set<string>>();
  const users = new Set<string>();
  const groups = new Set<string>();
  const add = (map: Map<string, Set<string>>, namespace: string, name: string): void => {
    const names = map.get(namespace) ?? new Set();
    map.set(namespace, names.add(name));
  };
  for (const { identity } of inventory.ofKind('ServiceAccount', ''))
    add(accounts, identity.namespace ?? 'default', identity.name);
  for (const { namespace, spec } of podTemplates(inventory)) {
    const account = textAt(spec, 'serviceAccountName') ?? 'default';
    add(accounts, namespace, account);
    add(running, namespace, account);
  }
  for (const { kind, name } of model.bindings.flatMap(({ subjects }) => subjects)) {
    const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
    if (kind === 'Group') groups.add(name);
    else if (namespace !== undefined && account !== undefined) add(accounts, namespace, account);
    else users.add(name);
  }
  return { accounts, running, users, groups };
}

/** Whom somebody can become at once, those left out whom they can become anyway. */
function* neighbours(
  known: Surroundings,
  subject: string,
  rights: Rights,
  seen: ReadonlySet<string>,
): Generator<EscalationStep> {
  for (const namespace of rights.namespaces ?? known.accounts.keys()) {
    const names = [...(known.accounts.get(namespace) ?? [])].filter(
      (name) => !seen.has(accountSubject(namespace, name)),
    );
    if (names.length > 0) yield* accountSteps(known, subject, rights, namespace, names);
  }
  // only a right everywhere lets impersonate users and groups
  if (rights.namespaces !== undefined) return;
  const impersonate = (resource: string, name: string) => rights.may('impersonate', '', resource, { name });
  const users = [...known.users].filter((name) => impersonate('users', name));
  for (const name of users) {
    const as = `user:${name}`;
    if (!seen.has(as)) yield { by: 'impersonate', as, text: `${subject} may impersonate ${as}` };
  }
  // a group is impersonated together with a user
  if (users.length === 0 && !impersonate('users', 'somebody')) return;
  for (const name of known.groups) {
    const as = `group:${name}`;
    if (!seen.has(as) && impersonate('groups', name))
      yield { by: 'impersonate', as, text: `${subject} may impersonate a member of ${as}` };
  }
}

function* accountSteps(
  { running }: Surroundings,
  subject: string,
  rights: Rights,
  namespace: string,
  names: readonly string[],
): Generator<EscalationStep> {
  const workload = WORKLOADS.find(([group, resource]) =>
    rights.may('create', group, resource, { namespace }),
  );
  const enter = rights.may('create', '', 'pods', { namespace, subresource: 'exec' });
  for (const name of names) {
    const as = accountSubject(namespace, name);
    const may = (verb: string, subresource: string) =>
      rights.may(verb, '', 'serviceaccounts', { namespace, name, subresource });
    if (workload !== undefined)
      yield {
        by: 'run-pod',
        as,
        text: `${subject} may create ${workload[1]} in ${namespace}, which run as ${as}`,
      };
    else if (enter && running.get(namespace)?.has(name) === true)
      yield {
        by: 'enter-pod',
        as,
        text: `${subject} may execute commands in the pods of ${namespace}, one of which runs as ${as}`,
      };
    else if (may('create', 'token')) yield { by: 'token', as, text: `${subject} may create tokens of ${as}` };
    else if (may('impersonate', ''))
      yield { by: 'impersonate', as, text: `${subject} may impersonate ${as}` };
  }
}

function accountSubject(namespace: string, name: string): string {
  return `serviceaccount:${namespace}/${name}`;
}

/** A role that allows the request, which somebody can bind to themselves, or has and can widen. */
function roleStep(
  model: AccessModel,
  subject: string,
  rights: Rights,
  request: AccessRequest,
): RoleStep | undefined {
  // a binding of a namespace does not reach what belongs to no namespace
  const scopes = request.namespace === '' ? [''] : [request.namespace, ''];
  for (const namespace of scopes) {
    const bindings = namespace === '' ? 'clusterrolebindings' : 'rolebindings';
    if (!rights.may('create', RBAC, bindings, { namespace })) continue;
    for (const role of model.roles) {
      if (role.namespace !== undefined && role.namespace !== namespace) continue;
      const resource = role.namespace === undefined ? 'clusterroles' : 'roles';
      if (!rights.may('bind', RBAC, resource, { namespace, name: role.name })) continue;
      const allows = allowingRule(model, role, request);
      if (allows === undefined) continue;
      const where = namespace === '' ? 'everywhere' : `in ${namespace}`;
      return {
        by: 'bind',
        text: `${subject} may bind ${roleText(role)} ${where}, whose rule ${allows} allows it`,
      };
    }
  }
  for (const { role: ref, namespace } of rights.bindings) {
    if (namespace !== undefined && namespace !== request.namespace) continue;
    const home = ref.kind === 'Role' ? namespace : undefined;
    if (model.rules(ref.kind, home, ref.name) === undefined) continue;
    const resource = ref.kind === 'Role' ? 'roles' : 'clusterroles';
    const where = { namespace: home ?? '', name: ref.name };
    const writes = ['update', 'patch'].some((verb) => rights.may(verb, RBAC, resource, where));
    if (!writes || !rights.may('escalate', RBAC, resource, where)) continue;
    const text = `${subject} has ${roleText({ ...ref, namespace: home })} and may give it any rule`;
    return { by: 'escalate', text };
  }
  return undefined;
}

function allowingRule(model: AccessModel, role: Role, request: AccessRequest): string | undefined {
  const kind = role.namespace === undefined ? 'ClusterRole' : 'Role';
  return model.rules(kind, role.namespace, role.name)?.find(({ rule }) => ruleAllows(rule, request))?.path;
}

function roleText({
  namespace,
  name,
}: {
  readonly namespace: string | undefined;
  readonly name: string;
}): string {
  return namespace === undefined ? `ClusterRole ${name}` : `Role ${namespace}/${name}`;
}
