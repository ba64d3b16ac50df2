import type { Construct } from 'constructs';
import type { ISandboxClaim } from '../../api/agent-sandbox.ts';
import { KubeObject, metadataOf, type ObjectProps } from '../kube-object.ts';
import { checkAt } from '../validate/check.ts';
import type { SandboxWarmPool } from './sandbox-warm-pool.ts';

type Lifecycle = NonNullable<ISandboxClaim['spec']['lifecycle']>;

/** What a claim asks for. Neither variables nor volumes can be asked for: both would mean a cold start. */
export interface SandboxClaimRequest {
  readonly pool: Pick<SandboxWarmPool, 'name' | 'namespace'>;
  /** What happens to the sandbox at the end. @default Delete, so that nothing of a run is left */
  readonly shutdownPolicy?: NonNullable<Lifecycle['shutdownPolicy']>;
  /** Seconds after the end at which the claim itself goes. @default kept */
  readonly ttlSecondsAfterFinished?: number;
}

/** Props of {@link SandboxClaim}. */
export interface SandboxClaimProps extends ObjectProps, SandboxClaimRequest {}

/** One run's hold on one sandbox of a pool. */
export class SandboxClaim extends KubeObject<ISandboxClaim> {
  constructor(scope: Construct, id: string, props: SandboxClaimProps) {
    const check = checkAt(scope, id);
    const metadata = metadataOf(check, id, props);
    check.sameNamespace('pool', `SandboxWarmPool ${props.pool.name}`, props.pool.namespace);
    const seconds = props.ttlSecondsAfterFinished;
    if (seconds !== undefined) check.integer('ttlSecondsAfterFinished', seconds, 0, 2147483647);
    check.done();
    super(scope, id, { ...CLAIM, metadata, spec: claimSpec(props) });
  }
}

const CLAIM = { apiVersion: 'extensions.agents.x-k8s.io/v1beta1', kind: 'SandboxClaim' } as const;

/**
 * A claim as plain data, for a program that makes them at run time.
 *
 * @example
 * const claim = sandboxClaim('run-0f3a', { pool, ttlSecondsAfterFinished: 600 });
 */
export function sandboxClaim(name: string, request: SandboxClaimRequest): ISandboxClaim {
  const { namespace } = request.pool;
  return {
    ...CLAIM,
    metadata: namespace === undefined ? { name } : { name, namespace },
    spec: claimSpec(request),
  };
}

function claimSpec(request: SandboxClaimRequest): ISandboxClaim['spec'] {
  const { pool, shutdownPolicy = 'Delete', ttlSecondsAfterFinished: seconds } = request;
  const lifecycle = {
    shutdownPolicy,
    ...(seconds === undefined ? {} : { ttlSecondsAfterFinished: seconds }),
  };
  return { warmPoolRef: { name: pool.name }, lifecycle };
}
