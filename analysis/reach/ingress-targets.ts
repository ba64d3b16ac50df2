import type { Json } from '../../core/manifest.ts';
import {
  equalitySelector,
  type Inventory,
  listAt,
  mapAt,
  selects,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import { NO_PORTS, PORT_PROTOCOLS, type PortSet, portRange, unitePorts } from '../sets/index.ts';
import type { Pod } from './model.ts';

/** @returns one function a backend of an Ingress, which tells the ports of a pod that the backend sends to. */
export function ingressTargets(inventory: Inventory): ((pod: Pod) => PortSet)[] {
  return inventory.ofKind('Ingress', 'networking.k8s.io').flatMap(({ identity, manifest }) => {
    const namespace = identity.namespace ?? 'default';
    const paths = listAt(manifest, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'));
    const backends = [
      valueAt(manifest, 'spec', 'defaultBackend'),
      ...paths.map((path) => valueAt(path, 'backend')),
    ];
    return backends.flatMap((backend) => targetOf(backend, namespace, inventory));
  });
}

function targetOf(
  backend: Json | undefined,
  namespace: string,
  inventory: Inventory,
): ((pod: Pod) => PortSet)[] {
  const name = textAt(backend, 'service', 'name');
  const service = name === undefined ? undefined : inventory.find('', 'Service', namespace, name)?.manifest;
  const selector = equalitySelector(valueAt(service, 'spec', 'selector'));
  if (selector === undefined || selector.length === 0) return [];
  const wanted = mapAt(backend, 'service', 'port');
  const ports = listAt(service, 'spec', 'ports').filter((port) =>
    textAt(wanted, 'name') === undefined
      ? valueAt(port, 'port') === valueAt(wanted, 'number')
      : textAt(port, 'name') === textAt(wanted, 'name'),
  );
  return ports.map((port) => (pod) => {
    const protocol = PORT_PROTOCOLS.find((known) => known === (textAt(port, 'protocol') ?? 'TCP'));
    if (protocol === undefined || pod.namespace !== namespace || !selects(selector, pod.labels))
      return NO_PORTS;
    const target = valueAt(port, 'targetPort') ?? valueAt(port, 'port');
    if (typeof target === 'number') return portRange(protocol, target);
    return pod.namedPorts
      .filter((each) => each.name === target && each.protocol === protocol)
      .map((each) => portRange(protocol, each.port))
      .reduce(unitePorts, NO_PORTS);
  });
}
