import type { Container, Pod } from './pod.ts';

/** What a pod does that a check forbids, in the words of the admission of Kubernetes. */
export interface Forbidden {
  /** Short, the same for every pod. */
  readonly reason: string;
  /** Which containers, volumes, values. */
  readonly detail: string;
  /** JSON pointers of the fields, also of those that are missing; at least one. */
  readonly paths: readonly string[];
}

/** @returns undefined where the pod is allowed. */
export type PodCheck = (pod: Pod) => Forbidden | undefined;

/** One check of the Pod Security Standards through all its versions. */
export interface Check {
  readonly id: string;
  readonly level: 'baseline' | 'restricted';
  /** By the minor version of Kubernetes 1 from which each holds, rising. */
  readonly versions: readonly {
    readonly since: number;
    readonly check: PodCheck;
  }[];
  /** The baseline check that this one makes needless, wherever it holds itself. */
  readonly overrides?: string;
}

/** @returns `"a", "b"`. */
export function quoted(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

/** @returns the values once each, in code unit order of their UTF-8, which is that of Go. */
export function sortedUnique(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** @returns `container "a"`, or `containers "a", "b"`. */
export function containersText(containers: readonly Container[]): string {
  return `${plural(containers.length, 'container')} ${quoted(containers.map(({ name }) => name))}`;
}

/** @returns who sets something: `pod and containers "a", "b"`. */
export function settersText(pod: boolean, containers: readonly Container[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [containersText(containers)] : [])].join(
    ' and ',
  );
}
