import type { ILifecycleHandler, IProbe } from 'kubernetes-models/v1';
import { defined, type Sparse } from '../defined.ts';
import type { Port } from './port.ts';

type ActionManifest = Pick<IProbe, 'exec' | 'grpc' | 'httpGet' | 'tcpSocket'> &
  Pick<ILifecycleHandler, 'sleep'>;

/** Something the kubelet does to a container: to ask how it is, or when it starts or stops. */
export interface Action<K extends keyof ActionManifest = keyof ActionManifest, P extends Port = Port> {
  readonly kind: K;
  /** The port it uses, if it uses one. */
  readonly port: P | undefined;
  readonly manifest: Pick<ActionManifest, K>;
}

/** What a probe can do. */
export type ProbeAction<P extends Port = Port> = Action<'httpGet' | 'tcpSocket' | 'exec' | 'grpc', P>;

/** What can run after a container starts or before it stops. */
export type HookAction<P extends Port = Port> = Action<'httpGet' | 'exec' | 'sleep', P>;

/** Details of an HTTP request. */
export interface HttpGetOptions {
  /** @default HTTP */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /** @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP GET; a status from 200 to 399 is success. */
export function httpGet<P extends Port>(
  port: P,
  path: string,
  options: HttpGetOptions = {},
): Action<'httpGet', P> {
  const { scheme, headers } = options;
  const httpHeaders = headers && Object.entries(headers).map(([name, value]) => ({ name, value }));
  const request = defined<NonNullable<IProbe['httpGet']>>({ path, port: port.number, scheme, httpHeaders });
  return { kind: 'httpGet', port, manifest: { httpGet: request } };
}

/** A TCP connection that is accepted. */
export function tcpSocket<P extends Port>(port: P): Action<'tcpSocket', P> {
  return { kind: 'tcpSocket', port, manifest: { tcpSocket: { port: port.number } } };
}

/** A gRPC health check. */
export function grpc<P extends Port>(port: P, service?: string): Action<'grpc', P> {
  const request = service === undefined ? { port: port.number } : { port: port.number, service };
  return { kind: 'grpc', port, manifest: { grpc: request } };
}

/** A command in the container; exit code 0 is success. No shell interprets it. */
export function exec(command: readonly [string, ...string[]]): Action<'exec', never> {
  return { kind: 'exec', port: undefined, manifest: { exec: { command: [...command] } } };
}

/** A pause, for a `preStop` that lets load balancers take notice. */
export function sleep(seconds: number): Action<'sleep', never> {
  return { kind: 'sleep', port: undefined, manifest: { sleep: { seconds } } };
}

/** A question about a container, and how often and how patiently it is asked. */
export interface Probe<P extends Port = Port> {
  readonly check: ProbeAction<P>;
  /** @default 0 */
  readonly initialDelaySeconds?: number;
  /** @default 10 */
  readonly periodSeconds?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 1 */
  readonly successThreshold?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default the pod's */
  readonly terminationGracePeriodSeconds?: number;
}

/** @returns a probe as the API has it. */
export function probeManifest(probe: Probe): IProbe {
  const { check, ...timings } = probe;
  return { ...check.manifest, ...defined<typeof timings>(timings as Sparse<typeof timings>) };
}
