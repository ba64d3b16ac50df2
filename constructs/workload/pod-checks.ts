import type { Labels } from '../labels/labels.ts';
import type { Check } from '../validate/check.ts';
import type { Container } from './container.ts';
import type { PodProps } from './pod.ts';
import { type Port, portText } from './port.ts';
import type { Volume } from './volume.ts';

/** What follows from a pod's props. */
export interface PodParts {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  /** Every volume that a container mounts. */
  readonly volumes: readonly Volume[];
  /** Whether pods can have storage of their own. */
  readonly ownStorage: boolean;
}

/** Records what is wrong with a pod as a whole. */
export function checkPod(check: Check, props: PodProps, parts: PodParts): void {
  const { containers, initContainers = [], serviceAccount } = props;
  checkLabels(check, props.selector, parts.labels);
  check.annotations('podAnnotations', parts.annotations);
  if (serviceAccount !== undefined) {
    check.sameNamespace('serviceAccount', `ServiceAccount ${serviceAccount.name}`, serviceAccount.namespace);
  }
  if (props.loosen?.root !== 'allowed') checkUser(check, props);
  checkContainerNames(check, [...containers, ...initContainers]);
  checkPorts(
    check,
    containers.flatMap((container) => container.ports ?? []),
  );
  checkVolumes(check, parts);
}

function checkLabels(check: Check, selector: Labels, labels: Labels): void {
  check.that(Object.keys(selector).length > 0, 'selector', 'is empty', 'name at least one label');
  check.labels('selector', selector);
  check.labels('podLabels', labels);
  for (const [key, value] of Object.entries(selector)) {
    check.that(
      labels[key] === value,
      `podLabels[${key}]`,
      `differs from the selector's ${value}`,
      'leave it out',
    );
  }
}

function checkUser(check: Check, { runAs, containers, initContainers = [] }: PodProps): void {
  const remedy = "use another user, or say loosen: { root: 'allowed' }";
  check.that(runAs?.user !== 0, 'runAs.user', '0 is root', remedy);
  for (const { name, security } of [...containers, ...initContainers]) {
    check.that(security?.runAsUser !== 0, `container ${name}: security.runAsUser`, '0 is root', remedy);
  }
}

function checkContainerNames(check: Check, containers: readonly { readonly name: string }[]): void {
  const names = containers.map(({ name }) => name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    check.add('containers', `two containers are named ${JSON.stringify(name)}`, 'give each its own name');
  }
}

function checkPorts(check: Check, ports: readonly Port[]): void {
  for (const [index, port] of ports.entries()) {
    const clash = ports.slice(0, index).find((other) => clashes(port, other));
    if (clash === undefined) continue;
    const what = `${portText(port)} and ${portText(clash)} share a name or a number`;
    check.add('containers', what, 'the containers of a pod share one network: give each port its own');
  }
}

function clashes(a: Port, b: Port): boolean {
  return a.name === b.name || (a.number === b.number && a.protocol === b.protocol);
}

function checkVolumes(check: Check, { volumes, ownStorage }: PodParts): void {
  const known = new Map<string, Volume>();
  for (const volume of volumes) {
    const { name, object } = volume;
    const field = `volume ${JSON.stringify(name)}`;
    check.dnsLabel(field, name);
    check.that(
      !known.has(name),
      field,
      'is the name of two different volumes',
      'declare it once and mount that',
    );
    known.set(name, volume);
    if (object !== undefined) {
      check.sameNamespace(field, `${object.kind} ${object.name}`, object.metadata.namespace);
    }
    const allowed = ownStorage || volume.ownStorage === undefined;
    check.that(allowed, field, "is one pod's own storage", 'use a StatefulSet, or Volume.persistent');
  }
}

/** The volumes that containers mount, each once, in the order of their first mount. */
export function mountedVolumes(containers: readonly Pick<Container, 'mounts'>[]): Volume[] {
  const volumes: Volume[] = [];
  for (const { volume } of containers.flatMap(({ mounts = [] }) => mounts)) {
    if (!volumes.some((other) => sameVolume(other, volume))) volumes.push(volume);
  }
  return volumes;
}

/** A volume may be declared again where that says the same. */
function sameVolume(a: Volume, b: Volume): boolean {
  if (a === b) return true;
  const sameSource = JSON.stringify(a.source) === JSON.stringify(b.source);
  return a.name === b.name && a.ownStorage === b.ownStorage && sameSource;
}
