import type { Construct } from 'constructs';
import { CiliumNetworkPolicy, type NameRule } from '../../../constructs/network/cilium-network-policy.ts';
import { tcp } from '../../../constructs/network/port-range.ts';
import type { Installation } from '../installation.ts';
import { AGENT_HOST_COMPONENT, APPS } from '../names.ts';
import { API_AND_MCP, SANDBOX_PODS } from './peers.ts';

const HTTPS = tcp(443);

/** Where the models answer. */
const AZURE_AI = [
  '*.services.ai.azure.com',
  '*.openai.azure.com',
  '*.cognitiveservices.azure.com',
  '*.models.ai.azure.com',
] as const;

/** Egress by host name. It adds to the policies by address, as all policies do; it narrows nothing. */
export function egressByName(area: Construct, install: Installation): void {
  new CiliumNetworkPolicy(area, 'sandbox-egress-fqdn-allowlist', {
    pods: SANDBOX_PODS,
    egress: [
      { names: ['api.github.com'], ports: [HTTPS] },
      { names: ['registry.npmjs.org'], patterns: ['*.npmjs.org'], ports: [HTTPS] },
      { patterns: AZURE_AI, ports: [HTTPS] },
    ],
  });
  // added: an AgentHost reads its user's token from the vault, which the shared list does not reach
  new CiliumNetworkPolicy(area, 'agenthost-egress-fqdn-allowlist', {
    pods: { ...APPS.agentHost.selector, ...AGENT_HOST_COMPONENT },
    egress: [
      { patterns: ['*.vault.azure.net'], ports: [HTTPS] },
      { names: ['login.microsoftonline.com'], ports: [HTTPS] },
      ...(install.parameters.sandbox.copilotEgress ? [COPILOT] : []),
    ],
  });
  new CiliumNetworkPolicy(area, 'agentweaver-app-egress-fqdn-allowlist', {
    // corrected: the original also selects the front end, which has no business outside
    pods: API_AND_MCP,
    egress: [
      { entities: ['kube-apiserver'], ports: 'every port' },
      {
        names: ['api.github.com', 'github.com', install.collector.host],
        patterns: ['*.github.com', ...AZURE_AI],
        ports: [HTTPS, tcp(install.collector.port)],
      },
    ],
  });
}

const COPILOT: NameRule = {
  names: ['api.githubcopilot.com', 'copilot-proxy.githubusercontent.com'],
  ports: [HTTPS],
};
