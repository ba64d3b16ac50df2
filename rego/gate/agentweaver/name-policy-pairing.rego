# METADATA
# title: Sandbox egress by address and by name come together
# description: |
#   The policy by address and the policy by name are one allow-list in two parts and are applied together. Without
#   the one by name, agents reach neither the package registry nor their models; without the one by address, the
#   denial that makes either of them a limit hangs on one object of another API.
# custom:
#   id: agentweaver-name-policy-pairing
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, CiliumNetworkPolicy]
#   remediation: >-
#     Emit NetworkPolicy sandbox-egress-allowlist and CiliumNetworkPolicy sandbox-egress-fqdn-allowlist together.
#   references: ["https://docs.cilium.io/en/stable/security/policy/language/#dns-based", "agentweaver:N11"]
#   exceptionable: false
package sluice.agentweaver.name_policy_pairing

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"object": policy, "path": "", "message": "NetworkPolicy sandbox-egress-allowlist stands without CiliumNetworkPolicy sandbox-egress-fqdn-allowlist"} if {
	count(_by_name) == 0
	some policy in _by_address
}

deny contains {"object": policy, "path": "", "message": "CiliumNetworkPolicy sandbox-egress-fqdn-allowlist stands without NetworkPolicy sandbox-egress-allowlist"} if {
	count(_by_address) == 0
	some policy in _by_name
}

deny contains {"object": policy, "path": "/spec/endpointSelector", "message": "CiliumNetworkPolicy sandbox-egress-fqdn-allowlist does not select both sandbox pools"} if {
	some policy in _by_name
	count([name |
		some name in ["sandbox", "agent-host"]
		some entry in network.cilium_specs(policy)
		network.cilium_selects(entry.spec, name)
	]) < 2
}

_by_address := [policy |
	some policy in network.policies
	objects.name(policy) == "sandbox-egress-allowlist"
]

_by_name := [policy |
	some policy in objects.of_kind("CiliumNetworkPolicy", "cilium.io")
	objects.name(policy) == "sandbox-egress-fqdn-allowlist"
]
