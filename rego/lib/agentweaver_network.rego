# METADATA
# title: Agentweaver network policies
# description: |
#   What network policies select and which ports they open, for the pods that the platform fixes the labels of.
package sluice.lib.agentweaver_network

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.selectors

# METADATA
# description: Labels of the platform's pods by their short name, as its manifests and controllers set them.
pods := {
	"api": _labels("agentweaver-api", {"azure.workload.identity/use": "true"}),
	"worker": _labels("agentweaver-worker", {"azure.workload.identity/use": "true"}),
	"mcp": _labels("agentweaver-mcp", {}),
	"frontend": _labels("agentweaver-frontend", {}),
	"sandbox": _labels("agentweaver-sandbox", {}),
	"agent-host": _labels("agentweaver-sandbox", {
		"app.kubernetes.io/component": "agent-host",
		"azure.workload.identity/use": "true",
	}),
	"job": _labels("ef-migrate-postgres", {}),
	"gateway": _labels("", {"gateway.networking.k8s.io/gateway-name": "agentweaver-gateway"}),
	"preview-gateway": _labels("", {"gateway.networking.k8s.io/gateway-name": "agentweaver-preview-gateway"}),
}

# METADATA
# description: NetworkPolicies of the input.
policies := objects.of_kind("NetworkPolicy", "networking.k8s.io")

# METADATA
# description: CiliumNetworkPolicies of the input, the cluster-wide ones too.
cilium_policies := array.concat(
	objects.of_kind("CiliumNetworkPolicy", "cilium.io"),
	objects.of_kind("CiliumClusterwideNetworkPolicy", "cilium.io"),
)

# METADATA
# description: Short names of the platform's pods that a NetworkPolicy selects.
selected(policy) := {name |
	some name, labels in pods
	selectors.selects(objects.object_of(objects.field(objects.spec(policy), "podSelector")), labels)
}

# METADATA
# description: True when a NetworkPolicy selects pods of either sandbox pool.
selects_sandboxes(policy) if "sandbox" in selected(policy)

selects_sandboxes(policy) if "agent-host" in selected(policy)

# METADATA
# description: True when a Cilium policy selects pods of either sandbox pool; prefixes of label sources are dropped.
cilium_selects_sandboxes(spec) if cilium_selects(spec, "sandbox")

cilium_selects_sandboxes(spec) if cilium_selects(spec, "agent-host")

# METADATA
# description: True when a spec of a Cilium policy selects the platform's pods of this short name.
cilium_selects(spec, name) if selectors.selects(_plain(objects.field(spec, "endpointSelector")), pods[name])

# METADATA
# description: The specs of a Cilium policy, as {path, spec}; a policy holds one in `spec` or several in `specs`.
cilium_specs(policy) := array.concat(
	[{"path": "/spec", "spec": policy.spec} | is_object(objects.field(policy, "spec"))],
	[{"path": $"/specs/{index}", "spec": spec} |
		some index, spec in objects.array_of(objects.field(policy, "specs"))
		is_object(spec)
	],
)

# METADATA
# description: Directions that a NetworkPolicy governs, as the API server defaults them.
directions(policy) := {direction | some direction in policy.spec.policyTypes} if {
	count(objects.array_of(objects.field(objects.spec(policy), "policyTypes"))) > 0
} else := {direction |
	some direction in ["Ingress", "Egress"]
	_governs(objects.spec(policy), direction)
}

# METADATA
# description: Rules of one direction of a NetworkPolicy, as {path, rule}.
rules(policy, direction) := [{"path": $"/spec/{field}/{index}", "rule": rule} |
	direction in directions(policy)
	field := lower(direction)
	some index, rule in objects.array_of(objects.field(objects.spec(policy), field))
	is_object(rule)
]

# METADATA
# description: |
#   Port ranges of a NetworkPolicy rule, as {protocol, first, last, path}. Without ports a rule opens all of them;
#   a named port counts as the sandbox's one named port.
ranges(found) := [range |
	some index, port in _ports(found.rule)
	first := _number(objects.field(port, "port"), 1)
	range := {
		"protocol": objects.string_of(objects.field(port, "protocol"), "TCP"),
		"first": first,
		"last": _last(port, first),
		"path": _port_path(found, index),
	}
]

# METADATA
# description: True when a range holds the port.
holds(range, protocol, port) if {
	range.protocol in {protocol, "ANY"}
	range.first <= port
	port <= range.last
}

# METADATA
# description: |
#   Port ranges of a Cilium rule, in the shape of `ranges`. Without toPorts a rule opens all ports.
cilium_ranges(rule, path) := [range |
	some index, item in objects.array_of(objects.field(rule, "toPorts"))
	some at, port in objects.array_of(objects.field(item, "ports"))
	first := _number(port.port, 1)
	range := {
		"protocol": objects.string_of(objects.field(port, "protocol"), "ANY"),
		"first": first,
		"last": _last(port, first),
		"path": $"{path}/toPorts/{index}/ports/{at}",
	}
] if {
	count(objects.array_of(objects.field(rule, "toPorts"))) > 0
} else := [{"protocol": "ANY", "first": 1, "last": 65535, "path": path}]

# METADATA
# description: Address blocks that NetworkPolicies and Cilium policies let sandbox pods out to, as {object, path, cidr, except, ranges}.
sandbox_blocks := array.concat(_kubernetes_blocks, _cilium_blocks)

# METADATA
# description: The address range of GitHub that sandboxes may reach, as the installation sets it.
github_range := objects.string_of(
	objects.field(objects.field(agentweaver.parameters, "sandbox"), "githubRange"),
	"140.82.112.0/20",
)

_kubernetes_blocks := [block |
	some policy in policies
	selects_sandboxes(policy)
	some found in rules(policy, "Egress")
	some index, peer in objects.array_of(objects.field(found.rule, "to"))
	is_string(peer.ipBlock.cidr)
	block := {
		"object": policy,
		"path": $"{found.path}/to/{index}/ipBlock/cidr",
		"cidr": peer.ipBlock.cidr,
		"except": objects.array_of(objects.field(peer.ipBlock, "except")),
		"ranges": ranges(found),
	}
]

_cilium_blocks := [block |
	some policy in cilium_policies
	some entry in cilium_specs(policy)
	cilium_selects_sandboxes(entry.spec)
	some index, rule in objects.array_of(objects.field(entry.spec, "egress"))
	path := $"{entry.path}/egress/{index}"
	some set in _cilium_sets(rule, path)
	is_string(set.cidr)
	block := object.union(set, {"object": policy, "ranges": cilium_ranges(rule, path)})
]

_cilium_sets(rule, path) := array.concat(
	[set |
		some index, cidr in objects.array_of(objects.field(rule, "toCIDR"))
		set := {"cidr": cidr, "except": [], "path": $"{path}/toCIDR/{index}"}
	],
	[set |
		some index, item in objects.array_of(objects.field(rule, "toCIDRSet"))
		set := {
			"cidr": item.cidr,
			"except": objects.array_of(objects.field(item, "except")),
			"path": $"{path}/toCIDRSet/{index}/cidr",
		}
	],
)

_labels(app, others) := object.union({"app.kubernetes.io/part-of": "agentweaver", "app": app}, others)

_governs(_, "Ingress")

_governs(spec, "Egress") if count(objects.array_of(objects.field(spec, "egress"))) > 0

_ports(rule) := rule.ports if {
	count(objects.array_of(objects.field(rule, "ports"))) > 0
} else := [{"protocol": "ANY", "port": 1, "endPort": 65535}]

_port_path(found, index) := $"{found.path}/ports/{index}" if {
	count(objects.array_of(objects.field(found.rule, "ports"))) > 0
} else := found.path

_number(port, _) := port if is_number(port)

_number(port, _) := to_number(port) if {
	is_string(port)
	regex.match(`^[0-9]{1,5}$`, port)
}

_number(port, _) := agentweaver.a2a_port if port == "a2a"

_number(null, fallback) := fallback

_last(port, _) := port.endPort if is_number(port.endPort)

_last(port, _) := 65535 if object.get(port, "port", null) == null

_last(port, first) := first if {
	object.get(port, "port", null) != null
	not is_number(object.get(port, "endPort", null))
}

# Cilium writes the source of a label before it (k8s:app); the sources any and k8s name the pods' own labels.
_plain(selector) := {
	"matchLabels": {_plain_key(key): value | some key, value in objects.object_of(objects.field(selector, "matchLabels"))},
	"matchExpressions": [object.union(requirement, {"key": _plain_key(requirement.key)}) |
		some requirement in objects.array_of(objects.field(selector, "matchExpressions"))
	],
} if {
	is_object(selector)
}

_plain_key(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:") if is_string(key)
