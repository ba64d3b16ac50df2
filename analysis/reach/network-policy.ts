import type { Json, JsonObject } from '../../core/manifest.ts';
import { type InventoryObject, pointerOf, valueAt } from '../../inventory/index.ts';
import {
  type AddressSet,
  coversAddresses,
  everyPort,
  NO_PORTS,
  type Protocol,
  portRange,
  subtractAddresses,
  uniteAddresses,
  unitePorts,
} from '../sets/index.ts';
import type { Direction, Matcher, Policy, Rule, RulePorts, Section } from './model.ts';
import {
  asMap,
  cidrOf,
  isPortName,
  listOf,
  mapOf,
  portNumber,
  Refused,
  refuseStrayException,
  selectorOf,
  textOf,
  texts,
} from './refused.ts';

const PEERS = { ingress: 'from', egress: 'to' } as const;

/**
 * Compiles a NetworkPolicy.
 *
 * @throws Refused where the API server would not take it
 */
export function networkPolicy({ identity, manifest }: InventoryObject): Policy {
  return networkPolicySpec(asMap(manifest['spec'] ?? null, 'spec'), identity.namespace ?? 'default', {
    ...identity,
    namespace: identity.namespace ?? 'default',
  });
}

/** Compiles the spec of a NetworkPolicy that stands in `object`. @throws Refused */
export function networkPolicySpec(spec: JsonObject, namespace: string, object: Policy['object']): Policy {
  const ingress = listOf(spec, 'ingress');
  const egress = listOf(spec, 'egress');
  const types = policyTypes(listOf(spec, 'policyTypes'), egress);
  return {
    object,
    tier: 'network',
    priority: 0,
    subject: { type: 'pods', namespace, pods: selectorOf(spec, 'podSelector') ?? [] },
    // what is not listed must be valid all the same
    ...sectionOf('ingress', section('ingress', ingress ?? [], namespace), types),
    ...sectionOf('egress', section('egress', egress ?? [], namespace), types),
  };
}

function policyTypes(
  listed: readonly Json[] | undefined,
  egress: readonly Json[] | undefined,
): ReadonlySet<string> {
  if (listed === undefined || listed.length === 0)
    return new Set(['Ingress', ...(egress !== undefined && egress.length > 0 ? ['Egress'] : [])]);
  const types = texts(listed, 'policyTypes');
  const wrong = types.find((type) => type !== 'Ingress' && type !== 'Egress');
  if (wrong !== undefined) throw new Refused(`policyTypes holds ${JSON.stringify(wrong)}`);
  if (types.length > 2) throw new Refused('policyTypes holds more than two');
  return new Set(types);
}

function sectionOf(direction: Direction, value: Section, types: ReadonlySet<string>): Partial<Policy> {
  return types.has(direction === 'ingress' ? 'Ingress' : 'Egress') ? { [direction]: value } : {};
}

function section(direction: Direction, rules: readonly Json[], namespace: string): Section {
  return {
    path: rules.length === 0 ? '/spec' : `/spec/${direction}`,
    isolates: true,
    rules: rules.map((value, index): Rule => {
      const rule = asMap(value, direction);
      const peers = listOf(rule, PEERS[direction]);
      const ports = listOf(rule, 'ports');
      return {
        effect: 'allow',
        path: pointerOf('spec', direction, index),
        peers:
          peers === undefined || peers.length === 0
            ? undefined
            : peers.map((peer) => peerOf(peer, namespace)),
        ports: ports === undefined || ports.length === 0 ? undefined : portsOf(ports),
      };
    }),
  };
}

function peerOf(value: Json, namespace: string): Matcher {
  const peer = asMap(value, 'peer');
  const block = mapOf(peer, 'ipBlock');
  const pods = selectorOf(peer, 'podSelector');
  const namespaces = selectorOf(peer, 'namespaceSelector');
  if (block !== undefined) {
    if (pods !== undefined || namespaces !== undefined)
      throw new Refused('a peer has an ipBlock and a selector');
    return { type: 'addresses', addresses: ipBlock(block), pods: 'option' };
  }
  if (namespaces !== undefined) return { type: 'pods', namespaces, pods: pods ?? [] };
  if (pods === undefined) throw new Refused('a peer has neither ipBlock, podSelector nor namespaceSelector');
  return { type: 'pods', namespace, pods };
}

function ipBlock(block: JsonObject): AddressSet {
  const cidr = cidrOf(textOf(block, 'cidr'), 'cidr', 'prefix');
  const exceptions = texts(listOf(block, 'except') ?? [], 'except').map((text) => {
    const exception = cidrOf(text, 'except', 'prefix');
    refuseStrayException(cidr, exception, text);
    if (coversAddresses(exception, cidr)) throw new Refused(`except ${text} leaves nothing of its cidr`);
    return exception;
  });
  return subtractAddresses(cidr, uniteAddresses(...exceptions));
}

function portsOf(values: readonly Json[]): RulePorts {
  let numbered = NO_PORTS;
  const named: { name: string; protocols: Protocol[] }[] = [];
  for (const value of values) {
    const item = asMap(value, 'ports');
    const protocol = protocolOf(item);
    const port = valueAt(item, 'port') ?? undefined;
    const end = valueAt(item, 'endPort') ?? undefined;
    if (typeof port === 'string') {
      if (!isPortName(port)) throw new Refused(`port ${JSON.stringify(port)} is no port name`);
      if (end !== undefined) throw new Refused('endPort stands beside a port name');
      named.push({ name: port, protocols: [protocol] });
    } else if (port === undefined) {
      if (end !== undefined) throw new Refused('endPort stands without port');
      numbered = unitePorts(numbered, everyPort(protocol));
    } else {
      const first = portNumber(port, 'port');
      const last = end === undefined ? first : portNumber(end, 'endPort');
      if (last < first) throw new Refused(`endPort ${last} is below port ${first}`);
      numbered = unitePorts(numbered, portRange(protocol, first, last));
    }
  }
  return { numbered, named };
}

function protocolOf(item: JsonObject): Protocol {
  const protocol = textOf(item, 'protocol') ?? 'TCP';
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP')
    throw new Refused(`protocol ${JSON.stringify(protocol)} is not TCP, UDP or SCTP`);
  return protocol;
}
