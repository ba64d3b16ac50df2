# METADATA
# title: A prefix is replaced only where one matched
# description: |
#   ReplacePrefixMatch needs to know which prefix to replace: the rule must have exactly one match, and that
#   by prefix. The API server refuses anything else.
# custom:
#   id: gateway-prefix-rewrite
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [HTTPRoute.gateway.networking.k8s.io]
#   remediation: >-
#     Split the rule so that each has one PathPrefix match, or use ReplaceFullPath.
#   references:
#     - https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/#path-rewrites
#   exceptionable: true
package sluice.gateway.prefix_rewrite

import data.sluice.lib.objects

deny contains {"path": $"/spec/rules/{index}/filters/{position}", "message": message} if {
	some index, rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	some position, filter in objects.array_of(objects.field(rule, "filters"))
	some field in ["urlRewrite", "requestRedirect"]
	filter[field].path.type == "ReplacePrefixMatch"
	not _one_prefix(rule)
	message := $"rule {index} replaces the matched prefix but does not match by exactly one"
}

_one_prefix(rule) if count(objects.array_of(objects.field(rule, "matches"))) == 0

_one_prefix(rule) if {
	count(rule.matches) == 1
	object.get(rule.matches[0], ["path", "type"], "PathPrefix") == "PathPrefix"
}
