import { isIn, where } from '../../../constructs/labels/selector.ts';
import type { EgressRule } from '../../../constructs/network/network-policy.ts';
import { ipBlock, namespaces, type Peer, pods } from '../../../constructs/network/peer.ts';
import { tcp } from '../../../constructs/network/port-range.ts';
import type { Installation } from '../installation.ts';
import { APPS, LABELS, NAMES, PRIVATE_RANGES } from '../names.ts';

/** Every pod of the platform. */
export const PLATFORM_PODS: Peer = pods(LABELS.common);

/** What browsers and their tools talk to. */
export const APP_PODS = where(isIn('app', NAMES.api, NAMES.mcp, NAMES.frontend));

/** The same without the front end, which only serves files. */
export const API_AND_MCP = where(isIn('app', NAMES.api, NAMES.mcp));

/** Sandboxes of either pool. */
export const SANDBOX_PODS = APPS.sandbox.selector;

/**
 * HTTPS to any external host. Corrected: the original's rule has no destination and so opens port 443 of
 * pods, nodes and the metadata service too; the way to the API server is a Cilium rule of its own instead.
 */
export const EXTERNAL_HTTPS: EgressRule = {
  to: ipBlock('0.0.0.0/0', { except: PRIVATE_RANGES }),
  ports: tcp(443),
};

export function collector({ parameters, collector: { port } }: Installation): EgressRule {
  return { to: namespaces(parameters.telemetry.namespace), ports: tcp(port) };
}

export function postgres({ parameters }: Installation): EgressRule {
  return { to: ipBlock(parameters.database.subnet), ports: tcp(5432) };
}
