# METADATA
# title: Every rule of a route leads somewhere
# description: |
#   A rule without backendRefs that neither redirects nor has a filter of the implementation answers every
#   request that it matches with status 500.
# custom:
#   id: gateway-rule-has-backend
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [HTTPRoute.gateway.networking.k8s.io]
#   remediation: >-
#     Add backendRefs, or a RequestRedirect filter.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
#   exceptionable: true
package sluice.gateway.rule_has_backend

import data.sluice.lib.objects

deny contains {"path": $"/spec/rules/{index}", "message": $"rule {index} answers every request with status 500: it has no backend"} if {
	some index, rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	is_object(rule)
	count(objects.array_of(objects.field(rule, "backendRefs"))) == 0
	not _answers(rule)
}

_answers(rule) if objects.array_of(rule.filters)[_].type in {"RequestRedirect", "ExtensionRef"}
