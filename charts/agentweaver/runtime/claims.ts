import type { ISandboxClaim } from '../../../api/agent-sandbox.ts';
import { sandboxClaim } from '../../../constructs/sandbox/sandbox-claim.ts';
import { NAMES, NAMESPACE } from '../names.ts';
import { shortRunId } from './run-id.ts';

/** Seconds that a finished claim stays. */
const TTL_SECONDS = 600;

/** How many characters of a run id the name of a claim for commands has. */
const COMMAND_ID = 16;

/**
 * The claim by which the API or the worker takes a sandbox for one run's commands, or for a command without a run.
 *
 * @param run its id as a GUID, with or without dashes; or, without a run, random text of that form, which the
 * caller draws so that the same call always makes the same claim
 * @throws RangeError if the id makes no object name, or the random text is too short to keep two commands apart
 */
export function commandClaim(run: string | { readonly random: string }): ISandboxClaim {
  const id = shortRunId(typeof run === 'string' ? run : run.random, COMMAND_ID);
  if (typeof run !== 'string' && id.length < COMMAND_ID) {
    throw new RangeError(
      `random text of ${id.length} characters may name two commands alike; give ${COMMAND_ID} or more, as a random GUID has`,
    );
  }
  return claim(`run-${id}`, NAMES.sandboxPool);
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
