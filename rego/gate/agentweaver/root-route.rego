# METADATA
# title: One rule takes the rest, and it leads to the frontend
# description: |
#   Everything that no longer prefix takes goes to the frontend, which serves the application's pages and answers
#   unknown paths itself. Without that rule the site is down; with a second one, or one that leads elsewhere,
#   unknown paths reach a program that was not meant to answer them.
# custom:
#   id: agentweaver-root-route
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [HTTPRoute]
#   remediation: >-
#     Keep one PathPrefix / on the main gateway, in agentweaver-frontend-route, with backend agentweaver-frontend.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/", "agentweaver:G2"]
#   exceptionable: true
package sluice.agentweaver.root_route

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": "no route of the main gateway takes the prefix /"} if count(_roots) == 0

deny contains {"object": match.route, "path": match.path, "message": $"HTTPRoute {objects.name(match.route)} is one of {count(_roots)} that take the prefix /"} if {
	count(_roots) > 1
	some match in _roots
}

deny contains {"object": match.route, "path": $"{match.rule_path}/backendRefs", "message": $"the prefix / leads to {concat(", ", sort(match.backends))} instead of agentweaver-frontend"} if {
	some match in _roots
	{split(backend, ":")[0] | some backend in match.backends} != {"agentweaver-frontend"}
}

_roots := [match |
	some match in routes.main
	match.type == "PathPrefix"
	match.value == "/"
]
