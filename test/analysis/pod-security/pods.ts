import { CHECKS, checkViolations, podOf, podViolations } from '../../../analysis/pod-security/index.ts';
import { buildInventory, parseManifests } from '../../../inventory/index.ts';

/** A pod of one container, with changes to its spec, the container, and the security contexts of both. */
export interface Change {
  readonly spec?: object;
  readonly pod?: object;
  readonly container?: object;
  readonly context?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** @returns a Pod as manifest. */
export function podWith({ spec, pod, container, context, annotations }: Change): object {
  const web = { name: 'web', ...container, ...(context && { securityContext: context }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', ...(annotations && { annotations }) },
    spec: { ...(pod && { securityContext: pod }), containers: [web], ...spec },
  };
}

/** What is read of an object; its position is asked for by nobody here. */
function read(object: object) {
  const inventory = buildInventory(parseManifests(JSON.stringify(object), 'f.yaml'));
  const [only] = inventory.objects;
  const pod = only === undefined ? undefined : podOf(only, inventory);
  if (pod === undefined) throw new Error('no pod');
  return pod;
}

/** @returns the violation of one check; undefined where the check allows the pod. */
export function violation(check: string, object: object, minor = 37) {
  const found = CHECKS.find(({ id }) => id === check);
  if (found === undefined) throw new Error(`no check ${check}`);
  return checkViolations(read(object), found, minor)[0];
}

/** @returns the IDs of the checks that forbid something. */
export function violated(
  object: object,
  level: 'privileged' | 'baseline' | 'restricted',
  minor = 37,
): string[] {
  return podViolations(read(object), level, minor).map(({ check }) => check);
}
