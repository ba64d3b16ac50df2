# METADATA
# title: Routes match without regular expressions
# description: |
#   Which regular expressions a Gateway understands, whether they are anchored and which of two wins depends
#   on the implementation: the same route means different things on different gateways, and a careless
#   pattern opens paths nobody thought of.
# custom:
#   id: gateway-regex-match
#   severity: info
#   pack: gateway
#   scope: object
#   kinds: [HTTPRoute.gateway.networking.k8s.io, GRPCRoute.gateway.networking.k8s.io]
#   remediation: >-
#     Use Exact and PathPrefix matches where they can say it.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch
#   exceptionable: true
package sluice.gateway.regex_match

import data.sluice.lib.objects

deny contains {"path": $"/spec/rules/{index}/matches/{position}", "message": message} if {
	some index, rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	some position, match in objects.array_of(objects.field(rule, "matches"))
	some item in array.concat(
		[objects.field(match, "path"), objects.field(match, "method")],
		array.concat(objects.array_of(objects.field(match, "headers")), objects.array_of(objects.field(match, "queryParams"))),
	)
	item.type == "RegularExpression"
	value := object.get(item, "value", "")
	message := $"matches by the pattern {value}"
}
