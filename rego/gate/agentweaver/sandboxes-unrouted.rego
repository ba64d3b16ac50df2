# METADATA
# title: Nothing routes to sandboxes or to the worker
# description: |
#   Sandboxes are reached by the turn port and by command execution, the worker by nobody. A Service that selects
#   them gives them a name in the cluster, and a route to it an address on the Internet. Previews are the
#   exception, made at run time for one pod of one run.
# custom:
#   id: agentweaver-sandboxes-unrouted
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [Service, HTTPRoute]
#   remediation: >-
#     Remove the Service, or the route that leads to it.
#   references: ["agentweaver:G6"]
#   exceptionable: false
package sluice.agentweaver.sandboxes_unrouted

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects
import data.sluice.lib.selectors

deny contains {"object": service, "path": "/spec/selector", "message": $"Service {objects.name(service)} selects the pods of {concat(", ", sort(hidden))}"} if {
	some service in objects.of_kind("Service", "")
	hidden := _hidden(service)
	count(hidden) > 0
}

deny contains {"object": match.route, "path": $"{match.rule_path}/backendRefs", "message": $"HTTPRoute {objects.name(match.route)} leads to Service {objects.name(service)}, which selects sandboxes or the worker"} if {
	some match in routes.matches
	some service in objects.of_kind("Service", "")
	count(_hidden(service)) > 0
	some backend in match.backends
	split(backend, ":")[0] == objects.name(service)
}

_hidden(service) := {name |
	selector := objects.object_of(objects.field(objects.spec(service), "selector"))
	count(selector) > 0
	some name in ["worker", "sandbox", "agent-host"]
	selectors.has_all(selector, network.pods[name])
}
