import { type Check, containersText, type PodCheck, quoted, sortedUnique } from './check.ts';
import { mapAt, pathAt, textsAt } from './field.ts';
import { type Container, isWindows } from './pod.ts';

/** Capabilities that container runtimes give by default. */
const DEFAULT: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** Containers add none but default capabilities. */
export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ containers }) {
        const added = forbiddenAdditions(containers, (capability) => DEFAULT.has(capability));
        return added === undefined ? undefined : { reason: 'non-default capabilities', ...added };
      },
    },
  ],
};

const dropAll: PodCheck = ({ containers }) => {
  const keeping = containers.filter(
    ({ security }) => !textsAt(mapAt(security, 'capabilities'), 'drop').some(({ value }) => value === 'ALL'),
  );
  const added = forbiddenAdditions(containers, (capability) => capability === 'NET_BIND_SERVICE');
  if (keeping.length === 0 && added === undefined) return undefined;
  const missing =
    keeping.length === 0
      ? []
      : [`${containersText(keeping)} must set securityContext.capabilities.drop=["ALL"]`];
  return {
    reason: 'unrestricted capabilities',
    detail: [...missing, ...(added === undefined ? [] : [added.detail])].join('; '),
    paths: [
      ...keeping.map(({ node }) => pathAt(node, 'securityContext', 'capabilities', 'drop')),
      ...(added?.paths ?? []),
    ],
  };
};

/** Containers drop all capabilities, and add at most the one for ports below 1024. */
export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  overrides: 'capabilities_baseline',
  versions: [
    { since: 22, check: dropAll },
    { since: 25, check: (pod) => (isWindows(pod) ? undefined : dropAll(pod)) },
  ],
};

function forbiddenAdditions(
  containers: readonly Container[],
  allowed: (capability: string) => boolean,
): { detail: string; paths: readonly string[] } | undefined {
  const found = containers.flatMap((container) =>
    textsAt(mapAt(container.security, 'capabilities'), 'add')
      .filter(({ value }) => !allowed(value))
      .map((added) => ({ container, ...added })),
  );
  if (found.length === 0) return undefined;
  const adding = [...new Set(found.map(({ container }) => container))];
  const capabilities = quoted(sortedUnique(found.map(({ value }) => value)));
  return {
    detail: `${containersText(adding)} must not include ${capabilities} in securityContext.capabilities.add`,
    paths: found.map(({ path }) => path),
  };
}
