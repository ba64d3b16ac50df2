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
	some key, entries in _by_key
	count(entries) > 1
	some later in entries
	earlier := sort([[entry.position, entry.rule, entry.name] |
		some entry in entries
		entry.position < later.position
		_same_listener(entry.parent, later.parent)
	])
	[_, rule, name] := earlier[0]
	message := $"{later.match} is matched by rule {rule} of HTTPRoute {name} as well"
}

_same_listener(one, other) if {
	_either(one.section, other.section)
	_either(one.port, other.port)
}

_either(one, other) if one == other

_either(one, other) if null in [one, other]

_by_key[key] contains entry if {
	some index, route in objects.of_kind("HTTPRoute", gateways.api)
	some parent in gateways.parents(route)
	some hostname in _hostnames(route)
	some number, rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	some match in _matches(number, rule)
	key := concat(" ", [parent.key, hostname, match.key])
	entry := {
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
