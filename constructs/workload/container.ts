import type { IContainer, ILifecycle, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../defined.ts';
import type { Check } from '../validate/check.ts';
import { type HookAction, type Probe, probeManifest } from './action.ts';
import { type Env, envVars } from './env.ts';
import { type Port, portText, samePort } from './port.ts';
import { type Resources, resourcesManifest } from './resources.ts';
import { type ContainerLoosening, type ContainerSecurity, containerSecurity } from './security.ts';
import type { Mount } from './volume.ts';

/** What every container can be told. */
interface ContainerBasics {
  readonly name: string;
  /** registry/repository:tag or registry/repository@sha256:digest. */
  readonly image: string;
  /** @default the API's: Always for the tag latest, otherwise IfNotPresent */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** What is run; no shell interprets it. @default the image's */
  readonly command?: readonly string[];
  /** @default the image's */
  readonly args?: readonly string[];
  /** @default the image's */
  readonly workingDir?: string;
  /** @default none */
  readonly env?: Env;
  readonly resources: Resources;
  /** @default none */
  readonly mounts?: readonly Mount[];
  /** What it states besides the hardened default. @default nothing */
  readonly security?: ContainerSecurity;
  /** What it gives up of the hardened default. @default nothing */
  readonly loosen?: ContainerLoosening;
}

/** A container of a pod; `P` are the ports that it listens on. */
export interface Container<P extends Port = Port> extends ContainerBasics {
  /** @default none */
  readonly ports?: readonly P[];
  /** Whether it must be restarted. @default never asked */
  readonly liveness?: Probe<NoInfer<P>>;
  /** Whether it can serve. @default always */
  readonly readiness?: Probe<NoInfer<P>>;
  /** Whether it has started; the other probes wait for it. @default at once */
  readonly startup?: Probe<NoInfer<P>>;
  /** @default nothing */
  readonly postStart?: HookAction<NoInfer<P>>;
  /** @default nothing */
  readonly preStop?: HookAction<NoInfer<P>>;
}

/** A container that runs to its end before the others start, or beside them when it restarts always. */
export interface InitContainer extends ContainerBasics {
  /** `Always` makes it a sidecar that starts first and runs beside the others. @default runs to its end */
  readonly restartPolicy?: 'Always';
}

/** Renders a container with the hardened default. */
export function containerManifest(check: Check, container: Container & InitContainer): IContainer {
  const { name, image, command, args, workingDir, env, ports = [], mounts = [] } = container;
  const field = `container ${JSON.stringify(name)}`;
  check.dnsLabel(field, name);
  check.image(`${field}: image`, image);
  if (workingDir !== undefined) check.absolutePath(`${field}: workingDir`, workingDir);
  checkActions(check, field, container, ports);
  checkProbes(check, field, container);
  const security = containerSecurity(container.security ?? {}, container.loosen ?? {});
  return defined<IContainer>({
    name,
    image,
    imagePullPolicy: container.imagePullPolicy,
    command: command && [...command],
    args: args && [...args],
    workingDir,
    ports: list(ports.map((port) => portManifest(check, field, port))),
    env: env && list(envVars(check, `${field}: env`, env)),
    resources: resourcesManifest(check, `${field}: resources`, container.resources),
    volumeMounts: list(mountManifests(check, field, mounts)),
    livenessProbe: container.liveness && probeManifest(container.liveness),
    readinessProbe: container.readiness && probeManifest(container.readiness),
    startupProbe: container.startup && probeManifest(container.startup),
    lifecycle: lifecycle(container),
    restartPolicy: container.restartPolicy,
    securityContext: security,
  });
}

function list<T>(items: T[]): T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function lifecycle({ postStart, preStop }: Container): ILifecycle | undefined {
  if (postStart === undefined && preStop === undefined) return undefined;
  return defined<ILifecycle>({ postStart: postStart?.manifest, preStop: preStop?.manifest });
}

function portManifest(check: Check, field: string, port: Port) {
  check.portName(`${field}: port`, port.name);
  check.portNumber(`${field}: port ${JSON.stringify(port.name)}`, port.number);
  return { name: port.name, containerPort: port.number, protocol: port.protocol };
}

/** A port that got past the compiler, as one read from a file can, is refused here. */
function checkActions(check: Check, field: string, container: Container, ports: readonly Port[]): void {
  const { liveness, readiness, startup, postStart, preStop } = container;
  const actions = {
    liveness: liveness?.check,
    readiness: readiness?.check,
    startup: startup?.check,
    postStart,
    preStop,
  };
  for (const [name, action] of Object.entries(actions)) {
    const port = action?.port;
    if (port === undefined || ports.some((own) => samePort(own, port))) continue;
    const own = ports.map(portText).join(', ') || 'none';
    check.add(
      `${field}: ${name}`,
      `port ${portText(port)} is not one of the container's`,
      `its ports: ${own}`,
    );
  }
}

/** Holds probes to what the API allows. */
function checkProbes(check: Check, field: string, { liveness, readiness, startup }: Container): void {
  for (const [name, probe] of Object.entries({ liveness, readiness, startup })) {
    const { check: _, ...timings } = probe ?? {};
    for (const [timing, value] of Object.entries(timings)) {
      check.integer(`${field}: ${name}.${timing}`, value, timing === 'initialDelaySeconds' ? 0 : 1);
    }
  }
  for (const [name, probe] of Object.entries({ liveness, startup })) {
    const once = (probe?.successThreshold ?? 1) === 1;
    check.that(
      once,
      `${field}: ${name}.successThreshold`,
      'is not 1',
      'leave it out; only readiness can have another',
    );
  }
  const grace = readiness?.terminationGracePeriodSeconds;
  const where = `${field}: readiness.terminationGracePeriodSeconds`;
  check.that(grace === undefined, where, 'has no meaning', 'leave it out: readiness stops no container');
}

function mountManifests(check: Check, field: string, mounts: readonly Mount[]): IVolumeMount[] {
  const taken = new Set<string>();
  return mounts.map(({ volume, path, readOnly, subPath }) => {
    check.absolutePath(`${field}: mount of ${volume.name}`, path);
    check.that(
      !taken.has(path),
      `${field}: mounts`,
      `${path} is mounted twice`,
      'give each mount a path of its own',
    );
    taken.add(path);
    return defined<IVolumeMount>({
      name: volume.name,
      mountPath: path,
      readOnly: readOnly ? true : undefined,
      subPath,
    });
  });
}
