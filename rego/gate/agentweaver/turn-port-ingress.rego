# METADATA
# title: One policy alone opens the agent hosts' port
# description: |
#   POST /configure delivers the bearer token of a run and so cannot ask for one; that only API and worker reach
#   its port is all that guards it. Any other policy that opens the port, be it by a range such as the previews',
#   lets somebody else take over a warm agent host.
# custom:
#   id: agentweaver-turn-port-ingress
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, CiliumNetworkPolicy]
#   remediation: >-
#     Leave the port to allow-worker-to-agenthost-a2a; split a range around it.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports", "agentweaver:N4"]
#   exceptionable: false
package sluice.agentweaver.turn_port_ingress

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"object": policy, "path": range.path, "message": $"NetworkPolicy {objects.name(policy)} opens port {agentweaver.a2a_port} of sandboxes"} if {
	some policy in network.policies
	objects.name(policy) != "allow-worker-to-agenthost-a2a"
	network.selects_sandboxes(policy)
	some found in network.rules(policy, "Ingress")
	some range in network.ranges(found)
	network.holds(range, "TCP", agentweaver.a2a_port)
}

deny contains {"object": policy, "path": range.path, "message": $"{policy.kind} {objects.name(policy)} opens port {agentweaver.a2a_port} of sandboxes"} if {
	some policy in network.cilium_policies
	some entry in network.cilium_specs(policy)
	network.cilium_selects_sandboxes(entry.spec)
	some index, rule in objects.array_of(objects.field(entry.spec, "ingress"))
	some range in network.cilium_ranges(rule, $"{entry.path}/ingress/{index}")
	network.holds(range, "TCP", agentweaver.a2a_port)
}
