import { type Check, containersText, type PodCheck, settersText } from './check.ts';
import { boolAt, mapAt, pathAt } from './field.ts';
import { isWindows } from './pod.ts';

/** No container is privileged. */
export const privileged: Check = {
  id: 'privileged',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ containers }) {
        const bad = containers.filter(({ security }) => boolAt(security, 'privileged') === true);
        if (bad.length === 0) return undefined;
        return {
          reason: 'privileged',
          detail: `${containersText(bad)} must not set securityContext.privileged=true`,
          paths: bad.map(({ node }) => pathAt(node, 'securityContext', 'privileged')),
        };
      },
    },
  ],
};

const escalation: PodCheck = ({ containers }) => {
  const bad = containers.filter(({ security }) => boolAt(security, 'allowPrivilegeEscalation') !== false);
  if (bad.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containersText(bad)} must set securityContext.allowPrivilegeEscalation=false`,
    paths: bad.map(({ node }) => pathAt(node, 'securityContext', 'allowPrivilegeEscalation')),
  };
};

/** No process gains more rights than its parent has. */
export const allowPrivilegeEscalation: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, check: escalation },
    { since: 25, check: (pod) => (isWindows(pod) ? undefined : escalation(pod)) },
  ],
};

/** No Windows container runs as a process of the node. */
export const windowsHostProcess: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [
    {
      since: 0,
      check({ spec, security, containers }) {
        const sets = (context: typeof security) =>
          boolAt(mapAt(context, 'windowsOptions'), 'hostProcess') === true;
        const podSets = sets(security);
        const bad = containers.filter((container) => sets(container.security));
        if (!podSets && bad.length === 0) return undefined;
        const field = ['securityContext', 'windowsOptions', 'hostProcess'];
        return {
          reason: 'hostProcess',
          detail: `${settersText(podSets, bad)} must not set securityContext.windowsOptions.hostProcess=true`,
          paths: [...(podSets ? [spec] : []), ...bad.map(({ node }) => node)].map((node) =>
            pathAt(node, ...field),
          ),
        };
      },
    },
  ],
};
