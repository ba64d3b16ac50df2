import { type Check, containersText, type PodCheck, settersText } from './check.ts';
import { boolAt, integerAt, pathAt } from './field.ts';
import { hasUserNamespace, type Pod } from './pod.ts';

const nonRoot: PodCheck = ({ spec, security, containers }) => {
  const field = ['securityContext', 'runAsNonRoot'];
  const reason = 'runAsNonRoot != true';
  const pod = boolAt(security, 'runAsNonRoot');
  const root = containers.filter((container) => boolAt(container.security, 'runAsNonRoot') === false);
  if (pod === false || root.length > 0) {
    const nodes = [...(pod === false ? [spec] : []), ...root.map(({ node }) => node)];
    return {
      reason,
      detail: `${settersText(pod === false, root)} must not set securityContext.runAsNonRoot=false`,
      paths: nodes.map((node) => pathAt(node, ...field)),
    };
  }
  if (pod === true) return undefined;
  const unset = containers.filter((container) => boolAt(container.security, 'runAsNonRoot') === undefined);
  if (unset.length === 0) return undefined;
  return {
    reason,
    detail: `pod or ${containersText(unset)} must set securityContext.runAsNonRoot=true`,
    paths: unset.map(({ node }) => pathAt(node, ...field)),
  };
};

/** Every container must run as another user than root. */
export const runAsNonRoot: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, check: nonRoot },
    { since: 35, check: freeInUserNamespace(nonRoot) },
  ],
};

const notZero: PodCheck = ({ spec, security, containers }) => {
  const podSets = integerAt(security, 'runAsUser') === 0;
  const bad = containers.filter((container) => integerAt(container.security, 'runAsUser') === 0);
  if (!podSets && bad.length === 0) return undefined;
  const nodes = [...(podSets ? [spec] : []), ...bad.map(({ node }) => node)];
  return {
    reason: 'runAsUser=0',
    detail: `${settersText(podSets, bad)} must not set runAsUser=0`,
    paths: nodes.map((node) => pathAt(node, 'securityContext', 'runAsUser')),
  };
};

/** Nothing asks for the user root. */
export const runAsUser: Check = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, check: notZero },
    { since: 35, check: freeInUserNamespace(notZero) },
  ],
};

function freeInUserNamespace(check: PodCheck): PodCheck {
  return (pod: Pod) => (hasUserNamespace(pod) ? undefined : check(pod));
}
