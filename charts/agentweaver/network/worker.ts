import type { Construct } from 'constructs';
import { CiliumNetworkPolicy } from '../../../constructs/network/cilium-network-policy.ts';
import { dns, type EgressRule, NetworkPolicy } from '../../../constructs/network/network-policy.ts';
import { pods } from '../../../constructs/network/peer.ts';
import type { Installation } from '../installation.ts';
import { APPS, PORTS } from '../names.ts';
import { collector, EXTERNAL_HTTPS, PLATFORM_PODS, postgres, SANDBOX_PODS } from './peers.ts';

/** What the worker may call (the original's table has none of these); nothing may call the worker. */
export function workerEgress(area: Construct, install: Installation): void {
  const worker = APPS.worker.selector;
  const allow = (name: string, rule: EgressRule): void => {
    new NetworkPolicy(area, name, { pods: worker, egress: [rule] });
  };
  new NetworkPolicy(area, 'default-deny-egress-worker', { pods: worker, egress: 'nothing' });
  allow('allow-worker-dns-egress', dns);
  allow('allow-worker-internal-egress', { to: PLATFORM_PODS, ports: PORTS.api });
  allow('allow-worker-external-https-egress', EXTERNAL_HTTPS);
  allow('allow-worker-agenthost-egress', {
    to: pods(SANDBOX_PODS),
    ports: install.parameters.sandbox.a2aPort,
  });
  allow('allow-worker-postgres-egress', postgres(install));
  allow('allow-worker-otel-egress', collector(install));
  // added: the worker claims sandboxes and executes in them, which the narrowed rule for :443 no longer covers
  new CiliumNetworkPolicy(area, 'agentweaver-worker-kube-apiserver-egress', {
    pods: worker,
    egress: [{ entities: ['kube-apiserver'], ports: 'every port' }],
  });
}
