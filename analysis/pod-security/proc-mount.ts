import { type Check, containersText, type PodCheck, quoted, sortedUnique } from './check.ts';
import { pathAt, textAt } from './field.ts';
import { hasUserNamespace } from './pod.ts';

const isDefault: PodCheck = ({ containers }) => {
  const bad = containers.filter(
    ({ security }) => ![undefined, 'Default'].includes(textAt(security, 'procMount')),
  );
  if (bad.length === 0) return undefined;
  const types = quoted(sortedUnique(bad.map(({ security }) => textAt(security, 'procMount') ?? '')));
  return {
    reason: 'procMount',
    detail: `${containersText(bad)} must not set securityContext.procMount to ${types}`,
    paths: bad.map(({ node }) => pathAt(node, 'securityContext', 'procMount')),
  };
};

/** `/proc` is masked, but in a pod with a user namespace of its own. */
export const procMount: Check = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: 0, check: isDefault },
    { since: 35, check: (pod) => (hasUserNamespace(pod) ? undefined : isDefault(pod)) },
  ],
};

/** `/proc` is masked, in every pod. */
export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  overrides: 'procMount',
  versions: [{ since: 35, check: isDefault }],
};
