import { podsIn, podsOf } from '../analysis/reach/index.ts';
import { addressText, containsAddress, parseAddress, singleAddress } from '../analysis/sets/index.ts';
import {
  equalitySelector,
  type Inventory,
  type InventoryObject,
  listAt,
  selects,
  textAt,
  valueAt,
} from '../inventory/index.ts';
import { type Endpoint, NOTHING } from './endpoint.ts';
import { type Context, QuestionError } from './question.ts';

/** The Service of a name. @throws QuestionError */
export function serviceNamed(written: string, field: string, inventory: Inventory): InventoryObject {
  const [namespace, name, more] = written.split('/');
  if (namespace === undefined || name === undefined || more !== undefined)
    throw new QuestionError('malformed', `${field} is ${written}; write NAMESPACE/NAME`);
  const service = inventory.find('', 'Service', namespace, name);
  if (service === undefined)
    throw new QuestionError('not-found', `${field}: there is no Service ${written} in the input`);
  return service;
}

/** The pods behind a Service. */
export function serviceEndpoint(service: InventoryObject, field: string, inventory: Inventory): Endpoint {
  const { namespace = 'default', name } = service.identity;
  const external = textAt(service.manifest, 'spec', 'externalName');
  if (valueAt(service.manifest, 'spec', 'type') === 'ExternalName' && external !== undefined)
    return { ...NOTHING, name: external };
  const selector = equalitySelector(valueAt(service.manifest, 'spec', 'selector'));
  if (selector === undefined || selector.length === 0)
    throw new QuestionError(
      'unsupported',
      `${field}: Service ${namespace}/${name} has no selector, so what is behind it is not known`,
    );
  const pods = podsIn(inventory, namespace).filter((pod) => selects(selector, pod.labels));
  if (pods.length === 0)
    throw new QuestionError(
      'not-found',
      `${field}: no pods of the input are behind Service ${namespace}/${name}`,
    );
  return { ...NOTHING, pods, service };
}

/** An address is the pod, node or Service that has it, else one outside of the cluster. */
export function ipEndpoint(written: string, field: string, inventory: Inventory): Endpoint {
  const address = parseAddress(written);
  if (address === undefined) throw new QuestionError('malformed', `${field}.ip ${written} is no IP address`);
  const isIt = (candidate: string | undefined): boolean => {
    const other = candidate === undefined ? undefined : parseAddress(candidate);
    return other !== undefined && containsAddress(singleAddress(other), address);
  };
  const pods = podsOf(inventory).filter(
    (pod) => !pod.hostNetwork && pod.addresses.some((each) => isIt(addressText(each))),
  );
  if (pods.length > 0) return { ...NOTHING, pods };
  const service = inventory
    .ofKind('Service', '')
    .find(({ manifest }) => isIt(textAt(manifest, 'spec', 'clusterIP')));
  if (service !== undefined) return serviceEndpoint(service, field, inventory);
  const isNode = inventory
    .ofKind('Node', '')
    .some(({ manifest }) =>
      listAt(manifest, 'status', 'addresses').some((item) => isIt(textAt(item, 'address'))),
    );
  if (isNode) return { ...NOTHING, entities: ['host', 'remote-node'] };
  return { ...NOTHING, addresses: singleAddress(address) };
}

/** The DNS name of a Service of the input means the pods behind it. */
export function nameEndpoint(written: string, field: string, { inventory, options }: Context): Endpoint {
  const name = written.replace(/\.$/, '').toLowerCase();
  if (!/^[-a-z0-9_]+(\.[-a-z0-9_]+)*$/.test(name))
    throw new QuestionError('malformed', `${field}.fqdn ${written} is no DNS name`);
  const suffix = `.svc.${options.clusterDomain}`;
  const [service = '', namespace = '', more] = name.endsWith(suffix)
    ? name.slice(0, -suffix.length).split('.')
    : [];
  const known = more === undefined ? inventory.find('', 'Service', namespace, service) : undefined;
  return known === undefined ? { ...NOTHING, name } : serviceEndpoint(known, field, inventory);
}
