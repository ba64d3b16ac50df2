import type { ISandboxClaim } from '../../../api/agent-sandbox.ts';
import { sandboxClaim } from '../../../constructs/sandbox/sandbox-claim.ts';
import { NAMES, NAMESPACE } from '../names.ts';
import { shortRunId } from './run-id.ts';

/** Seconds that a finished claim stays. */
const TTL_SECONDS = 600;

/**
 * The claim by which the API or the worker takes a sandbox for one run's commands.
 *
 * @param runId as a GUID, with or without dashes
 * @throws RangeError if the id makes no object name
 */
export function commandClaim(runId: string): ISandboxClaim {
  return claim(`run-${shortRunId(runId, 16)}`, NAMES.sandboxPool);
}

/**
 * The claim by which the API or the worker takes an AgentHost pod for one run.
 *
 * @param runId as a GUID, with or without dashes
 * @throws RangeError if the id makes no object name
 */
export function agentClaim(runId: string): ISandboxClaim {
  return claim(`agent-${shortRunId(runId, 12)}`, NAMES.agentHostPool);
}

function claim(name: string, pool: string): ISandboxClaim {
  return sandboxClaim(name, {
    pool: { name: pool, namespace: NAMESPACE },
    shutdownPolicy: 'Delete',
    ttlSecondsAfterFinished: TTL_SECONDS,
  });
}
