import {
  type Check,
  containersText,
  type Forbidden,
  type PodCheck,
  plural,
  quoted,
  settersText,
  sortedUnique,
} from './check.ts';
import { mapAt, type Node, pathAt, textAt } from './field.ts';
import { goQuoted } from './go-quoted.ts';
import { type Container, isWindows, type Pod } from './pod.ts';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
const FIELD = ['securityContext', 'seccompProfile', 'type'];

/** Before 1.19 the profiles stood in annotations. */
const annotationsAllowed: PodCheck = ({ annotations, containers }) => {
  const keys = [POD_ANNOTATION, ...containers.map(({ name }) => `${CONTAINER_ANNOTATION}${name}`)];
  const found = [...new Set(keys)].flatMap((key) => {
    const value = textAt(annotations, key);
    return value === undefined || isAllowedAnnotation(value)
      ? []
      : [{ key, text: `${key}=${goQuoted(value)}` }];
  });
  if (found.length === 0) return undefined;
  const texts = sortedUnique(found.map(({ text }) => text));
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural(texts.length, 'annotation')} ${texts.join(', ')}`,
    paths: found.map(({ key }) => pathAt(annotations, key)),
  };
};

function isAllowedAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

const fieldsAllowed: PodCheck = (pod) => explicit(pod);

/** No seccomp profile is turned off. */
export const seccompBaseline: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: 0, check: annotationsAllowed },
    { since: 19, check: fieldsAllowed },
  ],
};

const profileSet: PodCheck = (pod) => {
  const forbidden = explicit(pod);
  if (forbidden !== undefined) return forbidden;
  if (profileType(pod.security) !== undefined) return undefined;
  const without = pod.containers.filter(({ security }) => profileType(security) === undefined);
  if (without.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containersText(without)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    paths: without.map(({ node }) => pathAt(node, ...FIELD)),
  };
};

/** Every container has a seccomp profile, its own or the pod's. */
export const seccompRestricted: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  overrides: 'seccompProfile_baseline',
  versions: [
    { since: 19, check: profileSet },
    { since: 25, check: (pod) => (isWindows(pod) ? undefined : profileSet(pod)) },
  ],
};

function explicit({ spec, security, containers }: Pod): Forbidden | undefined {
  const podSets = isBad(security);
  const bad = containers.filter((container: Container) => isBad(container.security));
  if (!podSets && bad.length === 0) return undefined;
  const contexts = [...(podSets ? [security] : []), ...bad.map((container) => container.security)];
  const types = quoted(sortedUnique(contexts.map((context) => profileType(context) ?? '')));
  return {
    reason: 'seccompProfile',
    detail: `${settersText(podSets, bad)} must not set securityContext.seccompProfile.type to ${types}`,
    paths: [...(podSets ? [spec] : []), ...bad.map(({ node }) => node)].map((node) => pathAt(node, ...FIELD)),
  };
}

function isBad(context: Node | undefined): boolean {
  return ![undefined, 'RuntimeDefault', 'Localhost'].includes(profileType(context));
}

/** @returns undefined where no profile is set; `''` for one without a type. */
function profileType(context: Node | undefined): string | undefined {
  const profile = mapAt(context, 'seccompProfile');
  return profile === undefined ? undefined : (textAt(profile, 'type') ?? '');
}
