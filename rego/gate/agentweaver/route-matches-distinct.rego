# METADATA
# title: No two routes claim the same path
# description: |
#   When two rules of one host have the same match, the older route wins, and after a re-creation the other one
#   does. Which program answers then depends on the order in which the cluster happened to see them.
# custom:
#   id: agentweaver-route-matches-distinct
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [HTTPRoute]
#   remediation: >-
#     Remove one of the two matches.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/", "agentweaver:G1"]
#   exceptionable: true
package sluice.agentweaver.route_matches_distinct

import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects

deny contains {"object": match.route, "path": match.path, "message": $"{match.type} {match.value} on {hostname} is already matched by HTTPRoute {objects.name(first.route)}"} if {
	some hostname, matches in _by_hostname
	some match in matches
	some first in matches
	first.order < match.order
	first.key == match.key
}

_by_hostname[hostname] := matches if {
	some hostname in {hostname | some match in routes.matches; some hostname in match.hostnames}
	matches := [match | some match in routes.matches; hostname in match.hostnames]
}
