# METADATA
# title: The eleven network policies of the design are in force
# description: |
#   The design lists eleven network policies by name, with whom each selects and what each opens. Other policies
#   may add to them, but each of these must be there as listed - a denial that is missing opens everything, an
#   opening that differs breaks the platform or lets somebody in.
# custom:
#   id: agentweaver-policy-table
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy]
#   remediation: >-
#     Restore the policy with the selector, the direction and the rules that the message names.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/", "agentweaver:N1"]
#   exceptionable: false
package sluice.agentweaver.policy_table

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": $"there is no NetworkPolicy {name}"} if {
	some name, _ in _table
	count(_policies[name]) == 0
}

deny contains {"object": policy, "path": "/spec/podSelector", "message": $"NetworkPolicy {name} selects {_list(selected)} instead of {_list(wanted.pods)}"} if {
	some name, wanted in _table
	some policy in _policies[name]
	selected := network.selected(policy)
	selected != wanted.pods
}

deny contains {"object": policy, "path": "/spec/policyTypes", "message": $"NetworkPolicy {name} governs {_list(directions)} instead of {wanted.direction}"} if {
	some name, wanted in _table
	some policy in _policies[name]
	directions := network.directions(policy)
	directions != {wanted.direction}
}

deny contains {"object": policy, "path": $"/spec/{lower(wanted.direction)}", "message": $"NetworkPolicy {name} opens {_text(flow)}, which the design does not"} if {
	some name, wanted in _table
	some policy in _policies[name]
	some flow in _flows(policy, wanted.direction)
	not flow in wanted.flows
}

deny contains {"object": policy, "path": $"/spec/{lower(wanted.direction)}", "message": $"NetworkPolicy {name} does not open {_text(flow)}"} if {
	some name, wanted in _table
	some policy in _policies[name]
	some flow in wanted.flows
	not flow in _flows(policy, wanted.direction)
}

_policies[name] := [policy | some policy in network.policies; objects.name(policy) == name] if {
	some name, _ in _table
}

# A flow is a peer as written and a range of ports; null is any peer.
_flows(policy, direction) := {flow |
	some found in network.rules(policy, direction)
	some peer in _peers(found.rule, {"Ingress": "from", "Egress": "to"}[direction])
	some range in network.ranges(found)
	flow := [_external(peer), range.protocol, range.first, range.last]
}

_peers(rule, field) := rule[field] if {
	count(objects.array_of(objects.field(rule, field))) > 0
} else := [null]

# Any external host may be written as no destination, or as all addresses but some.
_external(peer) := null if {
	peer.ipBlock.cidr == "0.0.0.0/0"
} else := peer

_apps := {"api", "mcp", "frontend"}

_sandboxes := {"sandbox", "agent-host"}

_gateway := {
	[{"podSelector": {"matchLabels": {"gateway.networking.k8s.io/gateway-name": "agentweaver-gateway"}}}, "TCP", 8080, 8080],
	[{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": agentweaver.ingress_namespace}}}, "TCP", 8080, 8080],
}

_dns := {[peer, protocol, 53, 53] |
	peer := {
		"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
		"podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
	}
	some protocol in ["UDP", "TCP"]
}

_callers := {"agentweaver-api"} if {
	agentweaver.sqlite
} else := {"agentweaver-api", "agentweaver-worker"}

_table := {
	"default-deny-ingress": {
		"pods": ((_apps | _sandboxes) | {"worker", "job"}),
		"direction": "Ingress",
		"flows": set(),
	},
	"allow-gateway-to-api": {"pods": {"api"}, "direction": "Ingress", "flows": _gateway},
	"allow-gateway-to-frontend": {"pods": {"frontend"}, "direction": "Ingress", "flows": _gateway},
	"allow-gateway-to-mcp": {"pods": {"mcp"}, "direction": "Ingress", "flows": _gateway},
	"default-deny-egress-apps": {"pods": _apps, "direction": "Egress", "flows": set()},
	"allow-app-dns-egress": {"pods": _apps, "direction": "Egress", "flows": _dns},
	"allow-app-internal-egress": {
		"pods": _apps,
		"direction": "Egress",
		"flows": {[{"podSelector": {"matchLabels": {"app.kubernetes.io/part-of": "agentweaver"}}}, "TCP", 8080, 8080]},
	},
	"allow-app-external-https-egress": {"pods": {"api", "mcp"}, "direction": "Egress", "flows": {[null, "TCP", 443, 443]}},
	"sandbox-deny-ingress": {"pods": _sandboxes, "direction": "Ingress", "flows": set()},
	"allow-worker-to-agenthost-a2a": {
		"pods": _sandboxes,
		"direction": "Ingress",
		"flows": {[{"podSelector": {"matchLabels": {"app": app}}}, "TCP", agentweaver.a2a_port, agentweaver.a2a_port] |
			some app in _callers
		},
	},
	"sandbox-egress-allowlist": {
		"pods": _sandboxes,
		"direction": "Egress",
		"flows": (_dns | {[{"ipBlock": {"cidr": network.github_range}}, "TCP", 443, 443]}),
	},
}

_list(names) := concat(", ", sort(names)) if count(names) > 0

_list(names) := "nothing" if count(names) == 0

_text([peer, protocol, first, last]) := $"{protocol} {_ports(first, last)} for {_peer(peer)}"

_ports(port, port) := $"{port}"

_ports(first, last) := $"{first} to {last}" if first != last

_peer(null) := "everybody"

_peer(peer) := objects.text(peer) if peer != null
