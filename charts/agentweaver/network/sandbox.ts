import type { Construct } from 'constructs';
import { dns, NetworkPolicy } from '../../../constructs/network/network-policy.ts';
import { ipBlock, pods } from '../../../constructs/network/peer.ts';
import { PortRange, tcp } from '../../../constructs/network/port-range.ts';
import type { Gateways } from '../gateways.ts';
import type { Installation } from '../installation.ts';
import { APPS } from '../names.ts';
import { SANDBOX_PODS } from './peers.ts';

/** Who may call a sandbox, and what a sandbox may call by address. */
export function sandboxPolicies(area: Construct, install: Installation, gateways: Gateways): void {
  const { sandbox, preview } = install.parameters;
  new NetworkPolicy(area, 'sandbox-deny-ingress', { pods: SANDBOX_PODS, ingress: 'nothing' });
  // this policy is the only guard of /configure, which delivers the turn's token and so cannot ask for it
  new NetworkPolicy(area, 'allow-worker-to-agenthost-a2a', {
    pods: SANDBOX_PODS,
    ingress: [
      {
        from: install.throwaway
          ? pods(APPS.api.selector)
          : [pods(APPS.worker.selector), pods(APPS.api.selector)],
        ports: sandbox.a2aPort,
      },
    ],
  });
  // corrected: the original opens every port of every public address, which would undo each list of names, and names
  // one cluster's DNS address; DNS is known by the labels of its pods, which are the same in every cluster
  new NetworkPolicy(area, 'sandbox-egress-allowlist', {
    pods: SANDBOX_PODS,
    egress: [dns, { to: ipBlock(sandbox.githubRange), ports: tcp(443) }],
  });
  if (gateways.preview === undefined) return;
  new NetworkPolicy(area, 'sandbox-allow-preview-ingress', {
    pods: SANDBOX_PODS,
    ingress: [
      {
        from: pods(gateways.preview),
        // corrected: the original's range contains the A2A port, and with it /configure
        ports: PortRange.of(preview.firstPort, preview.lastPort).except(sandbox.a2aPort),
      },
    ],
  });
}
