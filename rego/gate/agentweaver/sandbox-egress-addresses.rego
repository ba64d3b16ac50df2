# METADATA
# title: By address, sandboxes reach GitHub only
# description: |
#   Sandboxes run commands that nobody reviewed, with the source code of a customer before them. By address they
#   reach TCP 443 of GitHub's range, and by name what the policies by name list. Policies add up, so one more
#   address block, or one rule without a destination, opens the way out for all of it.
# custom:
#   id: agentweaver-sandbox-egress-addresses
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, CiliumNetworkPolicy]
#   remediation: >-
#     Remove the address block, the entity or the rule without a destination from the policies that select
#     sandboxes.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/", "agentweaver:N5"]
#   exceptionable: false
package sluice.agentweaver.sandbox_egress_addresses

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"object": block.object, "path": block.path, "message": $"sandboxes may reach {block.cidr}, which is not GitHub's range {network.github_range}"} if {
	some block in network.sandbox_blocks
	block.cidr != network.github_range
}

deny contains {"object": block.object, "path": range.path, "message": $"sandboxes may reach {range.protocol} {range.first} to {range.last} of GitHub instead of TCP 443"} if {
	some block in network.sandbox_blocks
	block.cidr == network.github_range
	some range in block.ranges
	[range.protocol, range.first, range.last] != ["TCP", 443, 443]
}

deny contains {"object": policy, "path": found.path, "message": $"NetworkPolicy {objects.name(policy)} lets sandboxes out to every address"} if {
	some policy in network.policies
	network.selects_sandboxes(policy)
	some found in network.rules(policy, "Egress")
	count(objects.array_of(objects.field(found.rule, "to"))) == 0
}

deny contains {"object": policy, "path": $"{entry.path}/egress/{index}", "message": $"{policy.kind} {objects.name(policy)} lets sandboxes out to every address"} if {
	some policy in network.cilium_policies
	some entry in network.cilium_specs(policy)
	network.cilium_selects_sandboxes(entry.spec)
	some index, rule in objects.array_of(objects.field(entry.spec, "egress"))
	_everywhere(rule)
}

_everywhere(rule) if {
	is_object(rule)
	count([field | some field, _ in rule; regex.match("^to[A-Z]", field); field != "toPorts"]) == 0
}

_everywhere(rule) if {
	some entity in objects.array_of(objects.field(rule, "toEntities"))
	entity in {"all", "world", "world-ipv4", "world-ipv6", "cluster", "kube-apiserver", "host", "remote-node"}
}
