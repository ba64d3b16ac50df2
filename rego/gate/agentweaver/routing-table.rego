# METADATA
# title: Every path leads to the program that answers it
# description: |
#   The paths of the host are shared by three programs - exact paths win over prefixes, longer prefixes over
#   shorter ones, and prefixes match whole segments. This rule follows the paths that decide sign-in, token
#   discovery, MCP and the pages, and those that must never leave the cluster, and tells where each of them ends.
# custom:
#   id: agentweaver-routing-table
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [HTTPRoute]
#   remediation: >-
#     Restore the match or the backend that the message names.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/#matches", "agentweaver:G9"]
#   exceptionable: true
package sluice.agentweaver.routing_table

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": $"no route takes {concat(", ", sort(lost))}"} if {
	lost := {path | some path, _ in _table; count(_candidates(path)) == 0}
	count(lost) > 0
}

deny contains {"object": wrong.match.route, "path": $"{wrong.match.rule_path}/backendRefs", "message": $"{concat(", ", sort(paths))} lead to {_list(wrong.match.backends)} instead of {wrong.backend}"} if {
	some wrong in _wrong
	paths := {other.path |
		some other in _wrong
		other.backend == wrong.backend
		other.match.order == wrong.match.order
	}
}

deny contains {"object": match.route, "path": $"{match.rule_path}/filters", "message": "path /mcp/health is not rewritten to /healthz"} if {
	some match in _winners("/mcp/health")
	not "/healthz" in {filter.urlRewrite.path.replaceFullPath | some filter in objects.array_of(objects.field(match.rule, "filters"))}
}

_wrong := [{"path": path, "backend": backend, "match": match} |
	some path, backend in _table
	some match in _winners(path)
	match.backends != {backend}
]

_list(backends) := concat(", ", sort(backends)) if count(backends) > 0

_list(backends) := "no Service" if count(backends) == 0

_winners(path) := [match |
	candidates := _candidates(path)
	best := max({routes.rank(match) | some match in candidates})
	some match in candidates
	routes.rank(match) == best
]

_candidates(path) := [match |
	some match in routes.main
	routes.takes(match, path)
]

_table := object.union_n([{path: backend | some path in paths} |
	some backend, paths in {
		"agentweaver-frontend:80": [
			"/",
			"/docs/x",
			"/projects/1",
			"/apiary",
			"/authx",
			"/oauthx",
			"/mcpx",
			"/.well-known/other",
			"/.well-known/oauth-authorization-server/",
			"/configure",
			"/a2a/agent/v1/card",
			"/healthz",
		],
		"agentweaver-api:8080": [
			"/api",
			"/api/ping",
			"/api/projects",
			"/auth/github/login",
			"/auth/github/callback",
			"/oauth",
			"/oauth/token",
			"/oauth/jwks",
			"/.well-known/oauth-authorization-server",
			"/.well-known/oauth-authorization-server/mcp",
			"/.well-known/openid-configuration",
			"/.well-known/openid-configuration/mcp",
		],
		"agentweaver-mcp:8080": [
			"/mcp",
			"/mcp/",
			"/mcp/tools",
			"/mcp/health/x",
			"/mcp/health",
			"/.well-known/oauth-protected-resource",
			"/.well-known/oauth-protected-resource/mcp",
		],
	}
])
