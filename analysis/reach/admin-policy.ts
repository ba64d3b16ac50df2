import type { Json, JsonObject } from '../../core/manifest.ts';
import { type InventoryObject, pointerOf, valueAt } from '../../inventory/index.ts';
import { NO_PORTS, type Protocol, portRange, unitePorts } from '../sets/index.ts';
import type { Direction, Matcher, Policy, Rule, RulePorts, Section } from './model.ts';
import { domainName } from './names.ts';
import {
  asMap,
  cidrOf,
  isPortName,
  listOf,
  mapOf,
  portNumber,
  Refused,
  selectorOf,
  textOf,
  texts,
} from './refused.ts';

const EFFECTS = { Allow: 'allow', Deny: 'deny', Pass: 'pass' } as const;
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * Compiles an AdminNetworkPolicy (policy.networking.k8s.io/v1alpha1), whose rules come before every NetworkPolicy.
 *
 * @throws Refused where the API server would not take it
 */
export function adminNetworkPolicy(object: InventoryObject): Policy {
  const spec = asMap(object.manifest['spec'] ?? null, 'spec');
  const priority = valueAt(spec, 'priority');
  if (typeof priority !== 'number' || !Number.isInteger(priority) || priority < 0 || priority > 1000)
    throw new Refused(`priority ${JSON.stringify(priority ?? null)} is not between 0 and 1000`);
  return compiled(object, spec, 'admin', priority);
}

/**
 * Compiles the BaselineAdminNetworkPolicy, whose rules come where no NetworkPolicy isolates the pod.
 *
 * @throws Refused where the API server would not take it
 */
export function baselineNetworkPolicy(object: InventoryObject): Policy {
  if (object.identity.name !== 'default') throw new Refused('its name is not default');
  return compiled(object, asMap(object.manifest['spec'] ?? null, 'spec'), 'baseline', 0);
}

function compiled(
  { identity }: InventoryObject,
  spec: JsonObject,
  tier: 'admin' | 'baseline',
  priority: number,
): Policy {
  const { apiVersion, kind, name } = identity;
  return {
    object: { apiVersion, kind, name },
    tier,
    priority,
    subject: podsOf(mapOf(spec, 'subject') ?? {}, 'subject'),
    ingress: section('ingress', listOf(spec, 'ingress') ?? [], tier),
    egress: section('egress', listOf(spec, 'egress') ?? [], tier),
  };
}

function section(direction: Direction, rules: readonly Json[], tier: 'admin' | 'baseline'): Section {
  const side = direction === 'ingress' ? 'from' : 'to';
  return {
    path: `/spec/${direction}`,
    isolates: false,
    rules: rules.map((value, index): Rule => {
      const rule = asMap(value, direction);
      const peers = listOf(rule, side) ?? [];
      if (peers.length === 0) throw new Refused(`a rule has no ${side}`);
      const ports = listOf(rule, 'ports');
      if (ports !== undefined && ports.length === 0) throw new Refused('ports is empty');
      const effect = effectOf(textOf(rule, 'action'), tier);
      const matchers = peers.flatMap((peer) => peersOf(asMap(peer, side), direction));
      if (effect !== 'allow' && matchers.some(({ type }) => type === 'names'))
        throw new Refused('domainNames stand in a rule that does not allow');
      return {
        effect,
        path: pointerOf('spec', direction, index),
        peers: matchers,
        ports: ports === undefined ? undefined : portsOf(ports),
      };
    }),
  };
}

function effectOf(action: string | undefined, tier: 'admin' | 'baseline'): Rule['effect'] {
  if (action === 'Allow' || action === 'Deny' || (action === 'Pass' && tier === 'admin'))
    return EFFECTS[action];
  throw new Refused(`action ${JSON.stringify(action ?? null)} is unknown`);
}

function peersOf(peer: JsonObject, direction: Direction): Matcher[] {
  const fields = Object.keys(peer);
  const known =
    direction === 'ingress'
      ? ['namespaces', 'pods']
      : ['namespaces', 'pods', 'nodes', 'networks', 'domainNames'];
  if (fields.length !== 1 || !known.includes(fields[0] ?? ''))
    throw new Refused(`a peer must have exactly one of ${known.join(', ')}`);
  const nodes = selectorOf(peer, 'nodes');
  if (nodes !== undefined) return [{ type: 'nodes', nodes }];
  const networks = listOf(peer, 'networks');
  if (networks !== undefined)
    return texts(networks, 'networks').map((text) => ({
      type: 'addresses',
      addresses: cidrOf(text, 'networks', 'prefix'),
      pods: 'always',
    }));
  const names = listOf(peer, 'domainNames');
  if (names !== undefined)
    return texts(names, 'domainNames').map((text) => ({ type: 'names', names: domainName(text) }));
  return [podsOf(peer, 'peer')];
}

function podsOf(value: JsonObject, name: string): Matcher {
  const namespaces = selectorOf(value, 'namespaces');
  const pods = mapOf(value, 'pods');
  if ((namespaces === undefined) === (pods === undefined))
    throw new Refused(`${name} must have exactly one of namespaces, pods`);
  if (namespaces !== undefined) return { type: 'pods', namespaces };
  const [inNamespaces, labelled] = [
    selectorOf(pods ?? {}, 'namespaceSelector'),
    selectorOf(pods ?? {}, 'podSelector'),
  ];
  if (inNamespaces === undefined || labelled === undefined)
    throw new Refused(`pods of a ${name} must have namespaceSelector and podSelector`);
  return { type: 'pods', namespaces: inNamespaces, pods: labelled };
}

function portsOf(values: readonly Json[]): RulePorts {
  let numbered = NO_PORTS;
  const named: { name: string; protocols: readonly Protocol[] }[] = [];
  for (const value of values) {
    const item = asMap(value, 'ports');
    const number = mapOf(item, 'portNumber');
    const range = mapOf(item, 'portRange');
    const name = textOf(item, 'namedPort');
    if ([number, range, name].filter((field) => field !== undefined).length !== 1)
      throw new Refused('a port must have exactly one of portNumber, portRange, namedPort');
    if (number !== undefined)
      numbered = unitePorts(
        numbered,
        portRange(protocolOf(number), portNumber(valueAt(number, 'port'), 'port')),
      );
    if (range !== undefined) {
      const first = portNumber(valueAt(range, 'start'), 'start');
      const last = portNumber(valueAt(range, 'end'), 'end');
      if (last < first) throw new Refused(`end ${last} is below start ${first}`);
      numbered = unitePorts(numbered, portRange(protocolOf(range), first, last));
    }
    if (name !== undefined) {
      if (!isPortName(name)) throw new Refused(`namedPort ${JSON.stringify(name)} is no port name`);
      named.push({ name, protocols: PROTOCOLS });
    }
  }
  return { numbered, named };
}

function protocolOf(item: JsonObject): Protocol {
  const text = textOf(item, 'protocol') ?? 'TCP';
  const protocol = PROTOCOLS.find((known) => known === text);
  if (protocol === undefined) throw new Refused(`protocol ${JSON.stringify(text)} is not TCP, UDP or SCTP`);
  return protocol;
}
