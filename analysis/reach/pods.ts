import {
  containersOf,
  type Inventory,
  isMap,
  type Labels,
  listAt,
  namespaceLabels,
  type PodTemplate,
  podTemplates,
  textAt,
  valueAt,
} from '../../inventory/index.ts';
import { type Address, PORT_PROTOCOLS, parseAddress } from '../sets/index.ts';
import type { NamedPort, Owner, Pod } from './model.ts';
import { TEMPLATE_LABEL } from './sandbox-policy.ts';

const cache = new WeakMap<Inventory, readonly Pod[]>();

/** @returns every pod of the input, those of one template once, and those that a Gateway's controller makes. */
export function podsOf(inventory: Inventory): readonly Pod[] {
  const known = cache.get(inventory);
  if (known !== undefined) return known;
  const pods = [
    ...podTemplates(inventory).map((template) => podOf(template, inventory)),
    ...inventory
      .ofKind('Gateway', 'gateway.networking.k8s.io')
      .map(({ identity: { namespace = 'default', kind, name } }) => ({
        ...imaginedPod(inventory, namespace, { 'gateway.networking.k8s.io/gateway-name': name }),
        owner: { namespace, kind, name },
      })),
  ];
  cache.set(inventory, pods);
  return pods;
}

/** @returns the pods of a namespace. */
export function podsIn(inventory: Inventory, namespace: string): readonly Pod[] {
  const known = byNamespace.get(inventory) ?? Map.groupBy(podsOf(inventory), (pod) => pod.namespace);
  byNamespace.set(inventory, known);
  return known.get(namespace) ?? [];
}

const byNamespace = new WeakMap<Inventory, ReadonlyMap<string, readonly Pod[]>>();

/** @returns a pod that need not exist. */
export function imaginedPod(
  inventory: Inventory,
  namespace: string,
  labels: Labels,
  serviceAccount = 'default',
  namedPorts: readonly NamedPort[] = [],
): Pod {
  return {
    namespace,
    namespaceLabels: namespaceLabels(inventory, namespace),
    labels,
    serviceAccount,
    namedPorts,
    hostNetwork: false,
    addresses: [],
  };
}

function podOf(template: PodTemplate, inventory: Inventory): Pod {
  const { object, spec, namespace, claim } = template;
  const isPod = template.path === '' && object.identity.kind === 'Pod';
  const holder = (claim ?? object).identity;
  return {
    namespace,
    namespaceLabels: namespaceLabels(inventory, namespace),
    labels: { ...template.labels, ...controllerLabels(template) },
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default',
    namedPorts: namedPorts(template),
    hostNetwork: valueAt(spec, 'hostNetwork') === true,
    addresses: isPod ? podAddresses(template) : [],
    owner: (isPod ? ownerOf(template) : undefined) ?? { namespace, kind: holder.kind, name: holder.name },
    ...(isPod ? { name: holder.name } : {}),
  };
}

/** Labels that controllers add and that can be foretold. */
function controllerLabels({ object: { identity } }: PodTemplate): Labels {
  if (identity.kind === 'Job')
    return { 'batch.kubernetes.io/job-name': identity.name, 'job-name': identity.name };
  if (identity.kind === 'SandboxTemplate') return { [TEMPLATE_LABEL]: identity.name };
  return {};
}

function ownerOf({ object, namespace }: PodTemplate): Owner | undefined {
  const owners = listAt(object.manifest, 'metadata', 'ownerReferences');
  const owner = owners.find((each) => valueAt(each, 'controller') === true) ?? owners[0];
  const kind = textAt(owner, 'kind');
  const name = textAt(owner, 'name');
  return kind === undefined || name === undefined ? undefined : { namespace, kind, name };
}

function podAddresses({ object }: PodTemplate): readonly Address[] {
  const { manifest } = object;
  const listed = listAt(manifest, 'status', 'podIPs').map((item) => textAt(item, 'ip'));
  return [...new Set([...listed, textAt(manifest, 'status', 'podIP')])].flatMap((text) => {
    const address = text === undefined ? undefined : parseAddress(text);
    return address === undefined ? [] : [address];
  });
}

function namedPorts(template: PodTemplate): NamedPort[] {
  return [...containersOf(template)].flatMap(({ container }) =>
    listAt(container, 'ports').flatMap((item): NamedPort[] => {
      const name = textAt(item, 'name');
      const port = valueAt(item, 'containerPort');
      const protocol = PORT_PROTOCOLS.find((known) => known === (textAt(item, 'protocol') ?? 'TCP'));
      if (!isMap(item) || name === undefined || typeof port !== 'number' || protocol === undefined) return [];
      return [{ name, port, protocol }];
    }),
  );
}
