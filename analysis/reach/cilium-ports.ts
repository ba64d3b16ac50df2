import type { Json, JsonObject } from '../../core/manifest.ts';
import { valueAt } from '../../inventory/index.ts';
import { type Pattern, patternOf } from '../routes/pattern.ts';
import { everyPort, NO_PORTS, PORT_PROTOCOLS, type Protocol, portRange, unitePorts } from '../sets/index.ts';
import type { HeaderCondition, HttpRule, L7Rules } from './l7.ts';
import type { Direction, RulePorts } from './model.ts';
import { exactName, type NamePattern, namePattern } from './names.ts';
import { asMap, isPortName, listOf, mapOf, portNumber, Refused, textOf, texts } from './refused.ts';

/** Ports of one entry of `toPorts`, and what requests to them must look like. */
export interface PortRule {
  readonly ports: RulePorts;
  readonly l7?: L7Rules;
}

/** As many ports as Cilium takes in one entry. */
const MAX_PORTS = 40;

/** ICMP message types by the names that Cilium knows. */
const ICMP_TYPES: Readonly<Record<string, readonly [v4: number | undefined, v6: number | undefined]>> = {
  EchoReply: [0, 129],
  DestinationUnreachable: [3, 1],
  Redirect: [5, undefined],
  Echo: [8, undefined],
  EchoRequest: [8, 128],
  RouterAdvertisement: [9, 134],
  RouterSelection: [10, undefined],
  TimeExceeded: [11, 3],
  ParameterProblem: [12, 4],
  Timestamp: [13, undefined],
  TimestampReply: [14, undefined],
  Photuris: [40, undefined],
  ExtendedEchoRequest: [42, 160],
  ExtendedEchoReply: [43, 161],
  PacketTooBig: [undefined, 2],
  MulticastListenerQuery: [undefined, 130],
  MulticastListenerReport: [undefined, 131],
  MulticastListenerDone: [undefined, 132],
  RouterSolicitation: [undefined, 133],
  NeighborSolicitation: [undefined, 135],
  NeighborAdvertisement: [undefined, 136],
  RedirectMessage: [undefined, 137],
};

/** Reads one entry of `toPorts`. @throws Refused */
export function portRule(value: Json, direction: Direction, effect: 'allow' | 'deny'): PortRule {
  const entry = asMap(value, 'toPorts');
  const rules = mapOf(entry, 'rules') ?? {};
  const l7 = l7Of(rules, listOf(entry, 'serverNames'));
  const onRequests = l7?.http !== undefined || l7?.dns !== undefined || l7?.other === true;
  if (l7?.serverNames !== undefined && onRequests && mapOf(entry, 'terminatingTLS') === undefined)
    throw new Refused('serverNames stand beside rules for requests without terminatingTLS');
  if (l7 !== undefined && effect === 'deny') throw new Refused('a deny rule has rules beyond its ports');
  if (l7?.dns !== undefined && direction === 'ingress') throw new Refused('DNS rules stand on ingress');
  const ports = listOf(entry, 'ports') ?? [];
  if (ports.length > MAX_PORTS) throw new Refused(`more than ${MAX_PORTS} ports in one entry`);
  return {
    ports: ports.reduce((all: RulePorts, port) => withPort(all, asMap(port, 'ports'), l7), {
      numbered: NO_PORTS,
      named: [],
    }),
    ...(l7 === undefined ? {} : { l7 }),
  };
}

function withPort(all: RulePorts, item: JsonObject, l7: L7Rules | undefined): RulePorts {
  const protocol = textOf(item, 'protocol')?.toUpperCase() ?? 'ANY';
  const protocols: readonly Protocol[] =
    protocol === 'ANY' ? PORT_PROTOCOLS : PORT_PROTOCOLS.filter((known) => known === protocol);
  if (protocols.length === 0) throw new Refused(`protocol ${protocol} is not one that has ports`);
  const onRequests = l7?.http !== undefined || l7?.other === true;
  if (onRequests && protocol !== 'TCP')
    throw new Refused(`rules for requests stand on protocol ${protocol}; only DNS rules may`);
  const port = textOf(item, 'port');
  if (port === undefined) throw new Refused('a port is missing');
  const end = valueAt(item, 'endPort') ?? undefined;
  if (!/^\d+$/.test(port)) {
    if (!isPortName(port.toLowerCase())) throw new Refused(`port ${JSON.stringify(port)} is no port`);
    if (end !== undefined && end !== 0) throw new Refused('endPort stands beside a port name');
    return { ...all, named: [...all.named, { name: port.toLowerCase(), protocols }] };
  }
  const first = portNumber(Number(port), 'port', 0);
  const last = end === undefined || end === 0 ? first : portNumber(end, 'endPort');
  if (last < first) throw new Refused(`endPort ${last} is below port ${first}`);
  if (l7?.dns !== undefined && last > first) throw new Refused('DNS rules stand on a range of ports');
  if ((onRequests || l7?.dns !== undefined) && first === 0)
    throw new Refused('rules for requests stand on port 0');
  const numbered = protocols
    .map((each) => (first === 0 && last === 0 ? everyPort(each) : portRange(each, first, last)))
    .reduce(unitePorts, all.numbered);
  return { ...all, numbered };
}

/** Reads `icmps`. @throws Refused */
export function icmpTypes(values: readonly Json[]): RulePorts {
  let numbered = NO_PORTS;
  for (const value of values) {
    for (const field of listOf(asMap(value, 'icmps'), 'fields') ?? []) {
      const item = asMap(field, 'fields');
      const family = textOf(item, 'family') ?? 'IPv4';
      if (family !== 'IPv4' && family !== 'IPv6') throw new Refused(`family ${family} is not IPv4 or IPv6`);
      numbered = unitePorts(
        numbered,
        portRange(family === 'IPv4' ? 'ICMP' : 'ICMPv6', icmpType(valueAt(item, 'type'), family)),
      );
    }
  }
  return { numbered, named: [] };
}

function icmpType(value: Json | undefined, family: 'IPv4' | 'IPv6'): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'string' && Object.hasOwn(ICMP_TYPES, number)) {
    const type = ICMP_TYPES[number]?.[family === 'IPv4' ? 0 : 1];
    if (type !== undefined) return type;
  }
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 255)
    throw new Refused(`ICMP type ${JSON.stringify(value ?? null)} is unknown`);
  return number;
}

function l7Of(rules: JsonObject, serverNames: readonly Json[] | undefined): L7Rules | undefined {
  const http = nonEmpty(listOf(rules, 'http'))?.map((rule) => httpRule(asMap(rule, 'http')));
  const dns = nonEmpty(listOf(rules, 'dns'))?.map((rule) => nameOf(asMap(rule, 'dns')));
  const other = ['kafka', 'l7'].some((key) => nonEmpty(listOf(rules, key)) !== undefined);
  if ([http, dns, other || undefined].filter((kind) => kind !== undefined).length > 1)
    throw new Refused('rules of several protocols stand on one port');
  const names = nonEmpty(serverNames);
  if (http === undefined && dns === undefined && !other && names === undefined) return undefined;
  return {
    ...(http === undefined ? {} : { http }),
    ...(dns === undefined ? {} : { dns }),
    ...(other ? { other: true } : {}),
    ...(names === undefined ? {} : { serverNames: texts(names, 'serverNames').map(namePattern) }),
  };
}

function nonEmpty(list: readonly Json[] | undefined): readonly Json[] | undefined {
  return list !== undefined && list.length > 0 ? list : undefined;
}

function httpRule(rule: JsonObject): HttpRule {
  const headers = texts(listOf(rule, 'headers') ?? [], 'headers').map((text) => {
    const space = text.indexOf(' ');
    return space < 0
      ? { name: text.replace(/:$/, '') }
      : { name: text.slice(0, space).replace(/:$/, ''), value: text.slice(space + 1) };
  });
  const matches = (listOf(rule, 'headerMatches') ?? []).flatMap((value): HeaderCondition[] => {
    const match = asMap(value, 'headerMatches');
    const name = textOf(match, 'name');
    if (name === undefined) throw new Refused('a header match has no name');
    // with a mismatch action, a request without the header goes on, changed or logged
    if (textOf(match, 'mismatch') !== undefined) return [];
    if (mapOf(match, 'secret') !== undefined) return [{ name, secret: true }];
    const wanted = textOf(match, 'value');
    return [wanted === undefined ? { name } : { name, value: wanted }];
  });
  return {
    ...regexOf(rule, 'path'),
    ...regexOf(rule, 'method'),
    ...regexOf(rule, 'host'),
    headers: [...headers, ...matches],
  };
}

/** RE2, as Envoy has it: linear in time, and held against the whole string. */
function regexOf(rule: JsonObject, key: 'path' | 'method' | 'host'): Partial<Record<typeof key, Pattern>> {
  const text = textOf(rule, key);
  if (text === undefined) return {};
  const pattern = patternOf(text);
  if (pattern === undefined) throw new Refused(`${key} ${JSON.stringify(text)} is no regular expression`);
  return { [key]: pattern };
}

/** Reads an entry of `toFQDNs` or of DNS rules. @throws Refused */
export function nameOf(rule: JsonObject): NamePattern {
  const name = textOf(rule, 'matchName');
  const pattern = textOf(rule, 'matchPattern');
  if (name !== undefined && pattern !== undefined)
    throw new Refused('matchName and matchPattern stand together');
  if (name !== undefined) {
    if (!/^[-a-zA-Z0-9_.]+$/.test(name))
      throw new Refused(`matchName ${JSON.stringify(name)} is no DNS name`);
    return exactName(name);
  }
  if (pattern === undefined) throw new Refused('neither matchName nor matchPattern');
  if (!/^[-a-zA-Z0-9_.*]+$/.test(pattern))
    throw new Refused(`matchPattern ${JSON.stringify(pattern)} is no DNS pattern`);
  return namePattern(pattern);
}
