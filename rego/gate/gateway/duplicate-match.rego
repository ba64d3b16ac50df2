# METADATA
# title: No two routes match the same requests
# description: |
#   When two rules of the same precedence match a request, the older route wins, and of routes of the same
#   age the one whose name sorts first. Which one that is, nobody sees in the manifests; after a restore it
#   may be the other. Rules are compared whose routes share a Gateway (and listener, where both name one)
#   and a host name.
# custom:
#   id: gateway-duplicate-match
#   severity: high
#   pack: gateway
#   scope: graph
#   kinds: [HTTPRoute.gateway.networking.k8s.io]
#   remediation: >-
#     Remove one of the rules, or make them differ in path, method, header or host name.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
#   exceptionable: true
package sluice.gateway.duplicate_match

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"object": later.route, "path": later.path, "message": message} if {
	some later in _entries
	firsts := [first |
		some section in _looked_up(later.parent.section)
		some port in _looked_up(later.parent.port)
		first := _first[concat(" ", [section, port, later.key])]
		first[0] < later.position
	]
	[_, rule, name] := min(firsts)
	message := $"{later.match} is matched by rule {rule} of HTTPRoute {name} as well"
}

# The first rule of each key and choice of listener: a rule is held against these, not against all of its key.
_first[slot] := min(rules) if some slot, rules in _slots

_slots[slot] contains [entry.position, entry.rule, entry.name] if {
	some entry in _entries
	some section in {"any", json.marshal(entry.parent.section)}
	some port in {"any", json.marshal(entry.parent.port)}
	slot := concat(" ", [section, port, entry.key])
}

# A route that names no listener shares one with every route, one that names a listener with those that name none too.
_looked_up(null) := {"any"}

_looked_up(choice) := {"null", json.marshal(choice)} if choice != null

_entries contains entry if {
	some index, route in objects.of_kind("HTTPRoute", gateways.api)
	some parent in gateways.parents(route)
	some hostname in _hostnames(route)
	some number, rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	some match in _matches(number, rule)
	key := concat(" ", [parent.key, hostname, match.key])
	entry := {
		"key": key,
		"position": [index, number, match.position],
		"parent": parent,
		"route": {
			"apiVersion": route.apiVersion,
			"kind": route.kind,
			"namespace": objects.namespace(route),
			"name": objects.name(route),
		},
		"name": objects.full_name(route),
		"rule": number,
		"path": match.path,
		"match": match.text,
	}
}

_hostnames(route) := {lower(hostname) |
	some hostname in objects.array_of(objects.field(objects.spec(route), "hostnames"))
	is_string(hostname)
} | {"*" | count(objects.array_of(objects.field(objects.spec(route), "hostnames"))) == 0}

_matches(number, rule) := [{"position": 0, "path": $"/spec/rules/{number}", "key": _key({}), "text": "prefix /"}] if {
	count(objects.array_of(objects.field(rule, "matches"))) == 0
} else := [entry |
	some position, match in objects.array_of(objects.field(rule, "matches"))
	is_object(match)
	entry := {
		"position": position,
		"path": $"/spec/rules/{number}/matches/{position}",
		"key": _key(match),
		"text": _text(match),
	}
]

_key(match) := json.marshal([
	_type(match),
	_value(match),
	object.get(match, "method", ""),
	_set(match, "headers"),
	_set(match, "queryParams"),
])

_set(match, field) := sort([[name, object.get(item, "type", "Exact"), item.value] |
	some item in objects.array_of(objects.field(match, field))
	name := lower(item.name)
])

_text(match) := concat(" ", array.concat(
	[{"PathPrefix": "prefix", "Exact": "path", "RegularExpression": "pattern"}[_type(match)], _value(match)],
	[$"with {what}" |
		some [field, what] in [["method", "its method"], ["headers", "its headers"], ["queryParams", "its query"]]
		match[field]
	],
))

_type(match) := objects.string_of(object.get(match, ["path", "type"], ""), "PathPrefix")

# A prefix ends at a path element, with or without the slash.
_value(match) := value if {
	_type(match) == "PathPrefix"
	trimmed := trim_right(objects.string_of(object.get(match, ["path", "value"], ""), "/"), "/")
	value := {true: "/", false: trimmed}[trimmed == ""]
} else := objects.string_of(object.get(match, ["path", "value"], ""), "/")
