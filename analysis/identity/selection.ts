import { type Labels, type Selector, selects } from '../../inventory/index.ts';
import type { Certainty } from './certainty.ts';

/**
 * Whether a selector selects labels of which some are unknown.
 *
 * @param isUnknown whether a label that is not there may be there in the cluster, with any value
 * @param nameOf what to say of it
 */
export function selectsUnknown(
  selector: Selector,
  labels: Labels,
  isUnknown: (key: string) => boolean,
  nameOf: (key: string) => string,
): Certainty {
  const open = selector.filter(({ key }) => isUnknown(key) && !Object.hasOwn(labels, key));
  const certain = selector.filter((requirement) => !open.includes(requirement));
  if (!selects(certain, labels)) return false;
  return open.length === 0 ? true : open.map(({ key }) => nameOf(key));
}

/** @returns the name of a label of the pod, as templates have it. */
export function labelName(key: string): string {
  return `.PodMeta.Labels[${key}]`;
}
