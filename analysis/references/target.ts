import type { Json } from '../../core/manifest.ts';
import { type InventoryObject, listAt, mapAt, textAt, valueAt } from '../../inventory/index.ts';
import type { NamedTarget, ReferenceStatus } from './reference.ts';

export const GATEWAY_API = 'gateway.networking.k8s.io';

/** What became of a reference, and where in it the fault is. */
export interface Verdict {
  readonly status: ReferenceStatus;
  readonly detail: string;
  /** The fault is in the key, port or section that the reference names. */
  readonly inner?: boolean;
}

/** The key, port or section of a target that is in the input. */
export function inside(target: InventoryObject, to: NamedTarget): Verdict {
  const { manifest } = target;
  if (to.key !== undefined && (to.kind === 'Secret' || to.kind === 'ConfigMap')) {
    const keys = ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(mapAt(manifest, field)));
    // the token controller fills these in
    if (textAt(manifest, 'type') === 'kubernetes.io/service-account-token')
      keys.push('token', 'ca.crt', 'namespace');
    if (!keys.includes(to.key)) {
      return {
        status: 'missing-key',
        detail: `${textOf(to)} has no key ${to.key}; its keys are ${namesText(keys)}`,
        inner: true,
      };
    }
  }
  if (to.group === '' && to.kind === 'Service') return servicePort(manifest, to);
  if (to.group === GATEWAY_API) return listenerOf(manifest, to);
  return { status: 'resolved', detail: '' };
}

function servicePort(manifest: Json, to: NamedTarget): Verdict {
  const wanted = to.port ?? to.sectionName;
  const ports = listAt(manifest, 'spec', 'ports');
  if (wanted === undefined || (ports.length === 0 && valueAt(manifest, 'spec', 'type') === 'ExternalName')) {
    return { status: 'resolved', detail: '' };
  }
  const field = typeof wanted === 'number' ? 'port' : 'name';
  const known = ports.map((port) => valueAt(port, field));
  if (known.includes(wanted)) return { status: 'resolved', detail: '' };
  return {
    status: 'missing-port',
    detail: `${textOf(to)} has no port ${wanted}; its ports are ${namesText(known)}`,
    inner: true,
  };
}

function listenerOf(manifest: Json, to: NamedTarget): Verdict {
  const listeners = listAt(manifest, 'spec', 'listeners');
  if (
    to.sectionName !== undefined &&
    !listeners.some((listener) => valueAt(listener, 'name') === to.sectionName)
  ) {
    const names = listeners.map((listener) => valueAt(listener, 'name'));
    return {
      status: 'missing-section',
      detail: `${textOf(to)} has no listener ${to.sectionName}; its listeners are ${namesText(names)}`,
      inner: true,
    };
  }
  if (to.port !== undefined && matching(listeners, to).length === 0) {
    const ports = listeners.map((listener) => valueAt(listener, 'port'));
    return {
      status: 'missing-port',
      detail: `${textOf(to)} has no listener on port ${to.port}; its ports are ${namesText(ports)}`,
      inner: true,
    };
  }
  return { status: 'resolved', detail: '' };
}

/** Listeners of a Gateway that a reference means. */
export function matching(listeners: readonly Json[], to: NamedTarget): readonly Json[] {
  return listeners.filter(
    (listener) =>
      (to.sectionName === undefined || valueAt(listener, 'name') === to.sectionName) &&
      (to.port === undefined || valueAt(listener, 'port') === to.port),
  );
}

/** A target as people write it. */
export function textOf({ kind, namespace, name }: NamedTarget): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** At most ten names, sorted. */
export function namesText(values: readonly (Json | undefined)[]): string {
  const names = values
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map(String)
    .sort();
  if (names.length === 0) return 'none';
  return names.length > 10
    ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`
    : names.join(', ');
}
