import { type Inventory, podTemplates, textAt } from '../../inventory/index.ts';
import { type AccessModel, type AccessReason, decideAccess } from './access.ts';
import { subjectIndex } from './binding.ts';
import { type AccessRequest, ruleAllows } from './policy-rule.ts';
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

/**
 * The shortest way by which somebody gets at what they may not do directly: by running or entering a pod of another
 * ServiceAccount, by its token, by impersonation, by binding a role, or by widening one of their own.
 * Only what the input knows of is tried: its ServiceAccounts, the subjects of its bindings, its pods.
 *
 * @returns undefined where no such way is known; there may be others
 */
export function escalationTo(
  model: AccessModel,
  inventory: Inventory,
  subject: string,
  user: User,
  request: AccessRequest,
): Escalation | undefined {
  const surroundings = survey(model, inventory);
  const seen = new Set([subject]);
  // breadth first: the first way found is among the shortest
  const open: Principal[] = [{ subject, user, steps: [] }];
  for (const principal of open) {
    const decision = decideAccess(model, principal.user, request);
    if (decision.allowed) return { steps: principal.steps, because: decision.because };
    const step = roleStep(model, principal, request);
    if (step !== undefined)
      return { steps: [...principal.steps, { ...step, as: principal.subject }], because: [] };
    for (const next of neighbours(model, surroundings, principal)) {
      const known = parseSubject(next.as);
      if (known === undefined || seen.has(next.as)) continue;
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

function* neighbours(model: AccessModel, known: Surroundings, from: Principal): Generator<EscalationStep> {
  const { subject, user } = from;
  const may = asker(model, user);
  for (const [namespace, names] of known.accounts) {
    const workload = WORKLOADS.find(([group, resource]) => may('create', group, resource, namespace));
    const enter = may('create', '', 'pods', namespace, '', 'exec');
    for (const name of names) {
      const as = `serviceaccount:${namespace}/${name}`;
      if (workload !== undefined)
        yield {
          by: 'run-pod',
          as,
          text: `${subject} may create ${workload[1]} in ${namespace}, which run as ${as}`,
        };
      else if (enter && known.running.get(namespace)?.has(name) === true)
        yield {
          by: 'enter-pod',
          as,
          text: `${subject} may execute commands in the pods of ${namespace}, one of which runs as ${as}`,
        };
      if (may('create', '', 'serviceaccounts', namespace, name, 'token'))
        yield { by: 'token', as, text: `${subject} may create tokens of ${as}` };
      if (may('impersonate', '', 'serviceaccounts', namespace, name))
        yield { by: 'impersonate', as, text: `${subject} may impersonate ${as}` };
    }
  }
  let anyUser = false;
  for (const name of known.users) {
    if (!may('impersonate', '', 'users', '', name)) continue;
    anyUser = true;
    yield { by: 'impersonate', as: `user:${name}`, text: `${subject} may impersonate user:${name}` };
  }
  // a group is impersonated together with a user
  if (!anyUser && !may('impersonate', '', 'users', '', 'somebody')) return;
  for (const name of known.groups) {
    if (may('impersonate', '', 'groups', '', name))
      yield {
        by: 'impersonate',
        as: `group:${name}`,
        text: `${subject} may impersonate a member of group:${name}`,
      };
  }
}

/** A role that allows the request, which somebody can bind to themselves, or has and can widen. */
function roleStep(
  model: AccessModel,
  { subject, user }: Principal,
  request: AccessRequest,
): RoleStep | undefined {
  const may = asker(model, user);
  // a binding of a namespace does not reach what belongs to no namespace
  const scopes = request.namespace === '' ? [''] : [request.namespace, ''];
  for (const namespace of scopes) {
    if (!may('create', RBAC, namespace === '' ? 'clusterrolebindings' : 'rolebindings', namespace)) continue;
    for (const role of model.roles) {
      if (role.namespace !== undefined && role.namespace !== namespace) continue;
      const resource = role.namespace === undefined ? 'clusterroles' : 'roles';
      if (!may('bind', RBAC, resource, namespace, role.name)) continue;
      const allows = allowingRule(model, role, request);
      if (allows === undefined) continue;
      const where = namespace === '' ? 'everywhere' : `in ${namespace}`;
      return {
        by: 'bind',
        text: `${subject} may bind ${roleText(role)} ${where}, whose rule ${allows} allows it`,
      };
    }
  }
  for (const { role: ref, namespace } of model.bindings.filter(
    (binding) => subjectIndex(binding, user) !== undefined,
  )) {
    if (namespace !== undefined && namespace !== request.namespace) continue;
    const home = ref.kind === 'Role' ? namespace : undefined;
    if (model.rules(ref.kind, home, ref.name) === undefined) continue;
    const resource = ref.kind === 'Role' ? 'roles' : 'clusterroles';
    const writes = ['update', 'patch'].some((verb) => may(verb, RBAC, resource, home, ref.name));
    if (!writes || !may('escalate', RBAC, resource, home, ref.name)) continue;
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

function asker(model: AccessModel, user: User) {
  // of many bindings few are somebody's own
  const own = {
    ...model,
    bindings: model.bindings.filter((binding) => subjectIndex(binding, user) !== undefined),
  };
  return (
    verb: string,
    group: string,
    resource: string,
    namespace = '',
    name = '',
    subresource = '',
  ): boolean => decideAccess(own, user, { verb, group, resource, subresource, namespace, name }).allowed;
}
