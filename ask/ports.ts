import type { Pod } from '../analysis/reach/index.ts';
import {
  everyPort,
  NO_PORTS,
  PORT_PROTOCOLS,
  type PortSet,
  type Protocol,
  portRange,
  unitePorts,
} from '../analysis/sets/index.ts';
import { type InventoryObject, listAt, textAt, valueAt } from '../inventory/index.ts';
import type { Endpoint } from './endpoint.ts';
import { QuestionError } from './question.ts';

/** The port of a question: a number, a name, or none for every port. */
export interface AskedPort {
  readonly port?: string | number;
  /** @default TCP where a port is given, else every protocol that has ports */
  readonly protocol?: Protocol;
}

/**
 * The ports of a pod, or of an outside peer, that a question asks about.
 *
 * @param pod that receives, undefined where the receiver is no pod
 * @returns undefined where a Service sends none of the port's traffic to this pod
 * @throws QuestionError
 */
export function receivingPorts(asked: AskedPort, to: Endpoint, pod: Pod | undefined): PortSet | undefined {
  const { protocol } = asked;
  const port = typeof asked.port === 'string' && /^\d+$/.test(asked.port) ? Number(asked.port) : asked.port;
  if (protocol === 'ICMP' || protocol === 'ICMPv6') {
    if (port === undefined) return everyPort(protocol);
    if (typeof port !== 'number' || port > 255)
      throw new QuestionError('malformed', `port ${port} is no ICMP message type`);
    return portRange(protocol, port);
  }
  if (to.service !== undefined && pod !== undefined)
    return servicePorts({ ...asked, ...(port === undefined ? {} : { port }) }, to.service, pod);
  if (port === undefined) return allPorts(protocol);
  if (typeof port === 'number') {
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new QuestionError('malformed', `port ${port} is not between 1 and 65535`);
    return portRange(protocol ?? 'TCP', port);
  }
  if (pod === undefined)
    throw new QuestionError('malformed', `port ${port} is a name, which only pods and Services have`);
  return namedPort(pod, port, protocol ?? 'TCP');
}

function namedPort(pod: Pod, name: string, protocol: Protocol): PortSet {
  const found = pod.namedPorts.filter((each) => each.name === name && each.protocol === protocol);
  if (found.length === 0)
    throw new QuestionError('not-found', `the destination has no ${protocol} port named ${name}`);
  return found.map((each) => portRange(protocol, each.port)).reduce(unitePorts);
}

function allPorts(protocol: Protocol | undefined): PortSet {
  const protocols = protocol === undefined ? PORT_PROTOCOLS : [protocol];
  return protocols.map(everyPort).reduce(unitePorts, NO_PORTS);
}

/** A Service sends its ports to ports of its pods; a headless one sends nothing, clients meet the pods themselves. */
function servicePorts(
  { port, protocol }: AskedPort,
  service: InventoryObject,
  pod: Pod,
): PortSet | undefined {
  const { namespace = 'default', name } = service.identity;
  const entries = listAt(service.manifest, 'spec', 'ports');
  const headless = valueAt(service.manifest, 'spec', 'clusterIP') === 'None';
  const wanted = entries.filter((entry) => {
    if (protocol !== undefined || port !== undefined) {
      if ((textAt(entry, 'protocol') ?? 'TCP') !== (protocol ?? 'TCP')) return false;
    }
    return port === undefined || valueAt(entry, typeof port === 'number' ? 'port' : 'name') === port;
  });
  if (headless && typeof port === 'number') return portRange(protocol ?? 'TCP', port);
  if (wanted.length === 0)
    throw new QuestionError(
      'not-found',
      `Service ${namespace}/${name} has no ${protocol ?? 'TCP'} port ${port ?? ''}`.trimEnd(),
    );
  const targets = wanted.flatMap((entry) => {
    const each = PORT_PROTOCOLS.find((known) => known === (textAt(entry, 'protocol') ?? 'TCP'));
    const target = valueAt(entry, 'targetPort') ?? valueAt(entry, 'port');
    if (each === undefined) return [];
    if (typeof target === 'number') return [portRange(each, target)];
    return pod.namedPorts
      .filter((known) => known.name === target && known.protocol === each)
      .map((known) => portRange(each, known.port));
  });
  return targets.length === 0 ? undefined : targets.reduce(unitePorts);
}
