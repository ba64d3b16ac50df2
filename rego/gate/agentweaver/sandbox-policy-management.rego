# METADATA
# title: The sandbox controller adds no network policy of its own
# description: |
#   Left to its default, the sandbox controller makes a NetworkPolicy for every template that lets its pods out to
#   the whole Internet on every port, and gives them public name servers. Policies add up, so that one policy
#   undoes the platform's allow-list, and cluster names no longer resolve.
# custom:
#   id: agentweaver-sandbox-policy-management
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Set networkPolicyManagement to Unmanaged, or give an explicit networkPolicy that opens no more than TCP 443
#     to GitHub's range and the turn port to API and worker.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/", "agentweaver:I22"]
#   exceptionable: false
package sluice.agentweaver.sandbox_policy_management

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"path": "/spec/networkPolicyManagement", "message": $"template {objects.name(input)} leaves its network policy to the controller, whose own one opens the whole Internet"} if {
	_managed
	not is_object(_policy)
}

deny contains {"path": wide.path, "message": $"the network policy of template {objects.name(input)} {wide.what}"} if {
	_managed
	is_object(_policy)
	some wide in _wide
}

_managed if objects.field(objects.spec(input), "networkPolicyManagement") != "Unmanaged"

_policy := objects.field(objects.spec(input), "networkPolicy")

_wide contains {"path": $"/spec/networkPolicy/{direction}/{index}", "what": $"has a rule of {direction} for every peer"} if {
	some direction, peers in {"ingress": "from", "egress": "to"}
	some index, rule in objects.array_of(objects.field(_policy, direction))
	count(objects.array_of(objects.field(rule, peers))) == 0
}

_wide contains {"path": $"/spec/networkPolicy/egress/{index}/to/{at}", "what": "lets out to more than TCP 443 of GitHub"} if {
	some index, rule in objects.array_of(objects.field(_policy, "egress"))
	some at, peer in objects.array_of(objects.field(rule, "to"))
	is_object(objects.field(peer, "ipBlock"))
	not _github(peer, rule)
}

_wide contains {"path": $"/spec/networkPolicy/egress/{index}/to/{at}", "what": "lets out to pods other than the cluster's name servers"} if {
	some index, rule in objects.array_of(objects.field(_policy, "egress"))
	some at, peer in objects.array_of(objects.field(rule, "to"))
	not is_object(objects.field(peer, "ipBlock"))
	objects.field(peer, "podSelector") != {"matchLabels": {"k8s-app": "kube-dns"}}
}

_wide contains {"path": $"/spec/networkPolicy/ingress/{index}/from/{at}", "what": "lets in more than the turns of API and worker"} if {
	some index, rule in objects.array_of(objects.field(_policy, "ingress"))
	some at, peer in objects.array_of(objects.field(rule, "from"))
	not _turn(peer, rule)
}

_github(peer, rule) if {
	peer.ipBlock.cidr == network.github_range
	every range in network.ranges({"path": "", "rule": rule}) {
		[range.protocol, range.first, range.last] == ["TCP", 443, 443]
	}
}

_turn(peer, rule) if {
	peer in [
		{"podSelector": {"matchLabels": {"app": "agentweaver-api"}}},
		{"podSelector": {"matchLabels": {"app": "agentweaver-worker"}}},
	]
	every range in network.ranges({"path": "", "rule": rule}) {
		[range.protocol, range.first, range.last] == ["TCP", agentweaver.a2a_port, agentweaver.a2a_port]
	}
}
