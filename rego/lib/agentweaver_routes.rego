# METADATA
# title: Agentweaver routes
# description: Which rule of the platform's HTTPRoutes takes a path, by the precedence of the Gateway API.
# related_resources:
#   - https://gateway-api.sigs.k8s.io/api-types/httproute/
package sluice.lib.agentweaver_routes

import data.sluice.lib.objects

# METADATA
# description: HTTPRoutes of the input.
all := objects.of_kind("HTTPRoute", "gateway.networking.k8s.io")

# METADATA
# description: |
#   Every match of every route, as {route, rule, rule_path, path, hostnames, type, value, key, order, backends}. A
#   rule without matches takes the prefix /. `key` is what two matches share when neither wins, `order` their place
#   in the input, `backends` the set of "name:port".
matches := [match |
	some number, route in all
	some index, rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	is_object(rule)
	some at, written in _written(rule)
	path := object.get(written, "path", {})
	type := objects.string_of(objects.field(path, "type"), "PathPrefix")
	value := objects.string_of(objects.field(path, "value"), "/")
	match := {
		"route": route,
		"rule": rule,
		"rule_path": $"/spec/rules/{index}",
		"path": _match_path(rule, index, at),
		"hostnames": _hostnames(route),
		"type": type,
		"value": value,
		"key": [type, value, object.remove(written, ["path"])],
		"order": [number, index, at],
		"backends": {$"{objects.text(objects.field(backend, "name"))}:{objects.text(objects.field(backend, "port"))}" |
			some backend in objects.array_of(objects.field(rule, "backendRefs"))
		},
	}
]

# METADATA
# description: The matches of routes that attach to the main Gateway.
main := [match |
	some match in matches
	some parent in objects.array_of(objects.field(objects.spec(match.route), "parentRefs"))
	objects.field(parent, "name") == "agentweaver-gateway"
]

# METADATA
# description: True when a match takes a path. Prefixes match whole segments; a slash at their end does not count.
takes(match, path) if {
	match.type == "Exact"
	match.value == path
}

takes(match, path) if {
	match.type == "PathPrefix"
	startswith($"{path}/", $"{trim_suffix(match.value, "/")}/")
}

# METADATA
# description: Precedence of a match; exact paths before prefixes, then the longer one.
rank(match) := [1, count(match.value)] if match.type == "Exact"

rank(match) := [0, count(trim_suffix(match.value, "/"))] if match.type != "Exact"

_written(rule) := rule.matches if {
	count(objects.array_of(objects.field(rule, "matches"))) > 0
} else := [{}]

_match_path(rule, index, at) := $"/spec/rules/{index}/matches/{at}" if {
	count(objects.array_of(objects.field(rule, "matches"))) > 0
} else := $"/spec/rules/{index}"

_hostnames(route) := route.spec.hostnames if {
	count(objects.array_of(objects.field(objects.spec(route), "hostnames"))) > 0
} else := ["*"]
