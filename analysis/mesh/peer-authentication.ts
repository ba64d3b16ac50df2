import { type InventoryObject, isMap, type Labels, textAt } from '../../inventory/index.ts';
import type { MeshReason } from './authorize.ts';
import { map, Refused, selectsWorkload, text, workloadSelector } from './field.ts';

export type MutualTls = 'STRICT' | 'PERMISSIVE' | 'DISABLE';

/** A PeerAuthentication that istiod takes; a mode that is not set is inherited. */
export interface PeerAuthentication {
  readonly namespace: string;
  readonly name: string;
  readonly created: string;
  readonly selector: Labels | undefined;
  readonly mode: MutualTls | undefined;
  readonly ports: ReadonlyMap<number, MutualTls | undefined>;
}

/** @throws Refused where istiod would not take it */
export function peerAuthentication({ identity, manifest }: InventoryObject): PeerAuthentication {
  const { spec = {} } = manifest;
  const selector = workloadSelector(spec);
  const levels = map(spec, 'portLevelMtls', 'spec') ?? {};
  const ports = new Map<number, MutualTls | undefined>();
  for (const key of isMap(levels) ? Object.keys(levels) : []) {
    if (!/^\d{1,5}$/.test(key) || Number(key) < 1 || Number(key) > 65535)
      throw new Refused(`spec.portLevelMtls has ${key}, which is no port`);
    ports.set(Number(key), modeOf(map(levels, key, 'spec.portLevelMtls'), `spec.portLevelMtls.${key}`));
  }
  if (ports.size > 0 && selector === undefined) throw new Refused('spec.portLevelMtls needs a selector');
  return {
    namespace: identity.namespace ?? 'default',
    name: identity.name,
    created: textAt(manifest, 'metadata', 'creationTimestamp') ?? '',
    selector,
    mode: modeOf(map(spec, 'mtls', 'spec'), 'spec.mtls'),
    ports,
  };
}

function modeOf(value: Parameters<typeof text>[0], where: string): MutualTls | undefined {
  const written = text(value, 'mode', where);
  if (written === '' || written === 'UNSET') return undefined;
  const mode = (['STRICT', 'PERMISSIVE', 'DISABLE'] as const).find((each) => each === written);
  if (mode === undefined)
    throw new Refused(`${where}.mode is ${written}, not UNSET, STRICT, PERMISSIVE or DISABLE`);
  return mode;
}

/** The mode of one port of a workload, and the policy that sets it. */
export interface EffectiveMode {
  readonly mode: MutualTls;
  readonly reason?: MeshReason;
}

/**
 * The policy of the workload goes before that of its namespace before that of the root namespace, the oldest of each
 * level. A policy of the root namespace that selects workloads counts for none.
 *
 * @param port of the workload, not of a Service
 * @returns undefined where it depends on the port, and that is not known
 */
export function modeFor(
  policies: readonly PeerAuthentication[],
  namespace: string,
  labels: Labels,
  port: number | undefined,
  root: string,
): EffectiveMode | undefined {
  const ordered = [...policies].sort(
    (left, right) => compare(left.created, right.created) || compare(left.name, right.name),
  );
  const workload = ordered.find(
    (each) =>
      each.selector !== undefined &&
      each.namespace === namespace &&
      namespace !== root &&
      selectsWorkload(each.selector, labels),
  );
  const plain = (of: string): PeerAuthentication | undefined =>
    ordered.find((each) => each.selector === undefined && each.namespace === of);
  if (port === undefined && workload !== undefined && workload.ports.size > 0) return undefined;
  const atPort = port === undefined ? undefined : workload?.ports.get(port);
  if (workload !== undefined && atPort !== undefined)
    return set(workload, atPort, `/spec/portLevelMtls/${port}/mode`);
  for (const policy of [workload, plain(namespace), plain(root)])
    if (policy?.mode !== undefined) return set(policy, policy.mode, '/spec/mtls/mode');
  return { mode: 'PERMISSIVE' };
}

function set({ namespace, name }: PeerAuthentication, mode: MutualTls, path: string): EffectiveMode {
  return {
    mode,
    reason: {
      effect: mode === 'STRICT' ? 'deny' : 'allow',
      policy: { kind: 'PeerAuthentication', namespace, name },
      path,
      text: `PeerAuthentication ${namespace}/${name} sets mutual TLS to ${mode}`,
    },
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
