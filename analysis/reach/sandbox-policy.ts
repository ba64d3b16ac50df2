import type { JsonObject } from '../../core/manifest.ts';
import { type InventoryObject, mapAt, textAt, valueAt } from '../../inventory/index.ts';
import type { Policy } from './model.ts';
import { networkPolicySpec } from './network-policy.ts';

/** Label by which the policy of a SandboxTemplate selects its pods. */
export const TEMPLATE_LABEL = 'agents.x-k8s.io/sandbox-template-ref-hash';

/** What a sandbox may reach where its template says nothing: the internet, and nobody but the router reaches it. */
const DEFAULT_RULES: JsonObject = {
  ingress: [
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'agent-sandbox-system' } },
          podSelector: { matchLabels: { app: 'sandbox-router' } },
        },
      ],
    },
  ],
  egress: [
    {
      to: [
        {
          ipBlock: {
            cidr: '0.0.0.0/0',
            except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
          },
        },
        { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
      ],
    },
  ],
};

/**
 * The NetworkPolicy that the sandbox controller adds for a template, unless the template says that it manages its
 * own (`networkPolicyManagement: Unmanaged`). Policies add up, so it widens what others allow.
 *
 * @throws Refused where the API server would not take what the template asks for
 */
export function managedPolicy(template: InventoryObject): Policy | undefined {
  const { identity, manifest } = template;
  if (textAt(manifest, 'spec', 'networkPolicyManagement') === 'Unmanaged') return undefined;
  const namespace = identity.namespace ?? 'default';
  const rules =
    valueAt(manifest, 'spec', 'networkPolicy') === undefined
      ? DEFAULT_RULES
      : mapAt(manifest, 'spec', 'networkPolicy');
  const spec: JsonObject = {
    podSelector: { matchLabels: { [TEMPLATE_LABEL]: identity.name } },
    policyTypes: ['Ingress', 'Egress'],
    ...('ingress' in rules ? { ingress: rules['ingress'] } : {}),
    ...('egress' in rules ? { egress: rules['egress'] } : {}),
  };
  const name = `${identity.name}-network-policy`;
  return networkPolicySpec(spec, namespace, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    namespace,
    name,
  });
}
