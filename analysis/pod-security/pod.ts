import type { JsonObject } from '../../core/manifest.ts';
import { boolAt, mapAt, mapsAt, type Node, textAt } from './field.ts';

/** A pod as the checks see it, or the template that a controller makes pods from. */
export interface Pod {
  readonly spec: Node;
  /** `spec.securityContext`; undefined where it is unset. */
  readonly security: Node | undefined;
  /** Init containers, containers and ephemeral containers, in this order. */
  readonly containers: readonly Container[];
  readonly annotations: Node;
  /** Whether the object is a Pod itself, and not a template. */
  readonly standalone: boolean;
}

export interface Container {
  /** `''` where it has none. */
  readonly name: string;
  readonly node: Node;
  /** Undefined where it is unset. */
  readonly security: Node | undefined;
}

/**
 * Reads the part of a pod that every check needs.
 *
 * @throws InvalidField
 */
export function readPod(
  spec: { readonly value: JsonObject; readonly path: string },
  annotations: Node,
  standalone: boolean,
): Pod {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    mapsAt(spec, list).map(
      (node): Container => ({
        name: textAt(node, 'name') ?? '',
        node,
        security: mapAt(node, 'securityContext'),
      }),
    ),
  );
  return { spec, security: mapAt(spec, 'securityContext'), containers, annotations, standalone };
}

/** @returns whether the pod says that it runs on Windows, where many fields do not exist. */
export function isWindows(pod: Pod): boolean {
  return textAt(mapAt(pod.spec, 'os'), 'name') === 'windows';
}

/** @returns whether the pod has a user namespace of its own, where root is nobody on the node. */
export function hasUserNamespace(pod: Pod): boolean {
  return boolAt(pod.spec, 'hostUsers') === false;
}
