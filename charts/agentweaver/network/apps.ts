import type { Construct } from 'constructs';
import { doesNotExist, where } from '../../../constructs/labels/selector.ts';
import { dns, NetworkPolicy } from '../../../constructs/network/network-policy.ts';
import { namespaces, pods } from '../../../constructs/network/peer.ts';
import type { Gateways } from '../gateways.ts';
import type { Installation } from '../installation.ts';
import { APPS, LABELS, PORTS } from '../names.ts';
import {
  API_AND_MCP,
  APP_PODS,
  collector,
  EXTERNAL_HTTPS,
  PLATFORM_PODS,
  postgres,
  SANDBOX_PODS,
} from './peers.ts';

/** Who may call the API, the front end and MCP. */
export function appIngress(area: Construct, install: Installation, { main }: Gateways): void {
  new NetworkPolicy(area, 'default-deny-ingress', {
    // the pods of gateways must stay reachable from outside, whatever labels they get from the gateway's own
    pods: where(LABELS.common, ...Object.keys(main.podSelector).map(doesNotExist)),
    ingress: 'nothing',
  });
  for (const [name, app] of [
    ['allow-gateway-to-api', 'api'],
    ['allow-gateway-to-frontend', 'frontend'],
    ['allow-gateway-to-mcp', 'mcp'],
  ] as const) {
    new NetworkPolicy(area, name, {
      pods: APPS[app].selector,
      // two peers, either of which may call: the main gateway's pods, or the gateways that AKS shares
      ingress: [
        { from: [pods(main), namespaces(install.parameters.gateway.ingressNamespace)], ports: PORTS[app] },
      ],
    });
  }
  // added: MCP forwards its callers to the API and fetches its keys there, which the original's table forgets
  new NetworkPolicy(area, 'allow-mcp-to-api', {
    pods: APPS.api.selector,
    ingress: [{ from: pods(APPS.mcp.selector), ports: PORTS.api }],
  });
  if (install.throwaway) return;
  // added: the worker may call the API by its own egress, but nothing let it in
  new NetworkPolicy(area, 'allow-worker-to-api', {
    pods: APPS.api.selector,
    ingress: [{ from: pods(APPS.worker.selector), ports: PORTS.api }],
  });
}

/** What the API, the front end and MCP may call. */
export function appEgress(area: Construct, install: Installation): void {
  new NetworkPolicy(area, 'default-deny-egress-apps', { pods: APP_PODS, egress: 'nothing' });
  new NetworkPolicy(area, 'allow-app-dns-egress', { pods: APP_PODS, egress: [dns] });
  // wide on this side only: ingress has a match for MCP to the API and, by its own policy, for the worker to the API
  new NetworkPolicy(area, 'allow-app-internal-egress', {
    pods: APP_PODS,
    egress: [{ to: PLATFORM_PODS, ports: PORTS.api }],
  });
  new NetworkPolicy(area, 'allow-app-external-https-egress', { pods: API_AND_MCP, egress: [EXTERNAL_HTTPS] });
  // added: Cilium's rule by name does not govern a Service of this cluster, whose backends are pods
  new NetworkPolicy(area, 'allow-app-otel-egress', { pods: API_AND_MCP, egress: [collector(install)] });
  // added: the API starts turns in AgentHost pods
  new NetworkPolicy(area, 'allow-api-agenthost-egress', {
    pods: APPS.api.selector,
    egress: [{ to: pods(SANDBOX_PODS), ports: install.parameters.sandbox.a2aPort }],
  });
  if (install.throwaway) return;
  // added: without it, default-deny-egress-apps keeps the API from its database
  new NetworkPolicy(area, 'allow-api-postgres-egress', {
    pods: APPS.api.selector,
    egress: [postgres(install)],
  });
}
