# METADATA
# title: Routes attach to a gateway that takes their host
# description: |
#   A route whose gateway does not exist, or listens for another host, is accepted by the API server and serves
#   nothing; only its status tells. Listeners take routes of their own namespace alone, so that nobody else can
#   add a path to the platform's host.
# custom:
#   id: agentweaver-route-parents
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [HTTPRoute, Gateway]
#   remediation: >-
#     Refer to an emitted Gateway of the route's namespace, use a hostname that its listener covers, and set
#     allowedRoutes.namespaces.from Same.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/#attaching-to-gateways", "agentweaver:G3"]
#   exceptionable: true
package sluice.agentweaver.route_parents

import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects

deny contains {"object": route, "path": $"/spec/parentRefs/{index}", "message": $"HTTPRoute {objects.name(route)} attaches to Gateway {objects.text(objects.field(parent, "name"))}, which is not there"} if {
	some route in routes.all
	some index, parent in objects.array_of(objects.field(objects.spec(route), "parentRefs"))
	count(_gateways(route, parent)) == 0
}

deny contains {"object": route, "path": $"/spec/hostnames/{index}", "message": $"no listener of Gateway {objects.name(gateway)} takes {objects.text(hostname)}"} if {
	some route in routes.all
	some parent in objects.array_of(objects.field(objects.spec(route), "parentRefs"))
	some gateway in _gateways(route, parent)
	some index, hostname in objects.array_of(objects.field(objects.spec(route), "hostnames"))
	count([listener |
		some listener in objects.array_of(objects.field(objects.spec(gateway), "listeners"))
		_covers(object.get(listener, "hostname", ""), hostname)
	]) == 0
}

deny contains {"object": gateway, "path": $"/spec/listeners/{index}/allowedRoutes/namespaces/from", "message": $"Gateway {objects.name(gateway)} takes routes from {objects.text(from)}"} if {
	some gateway in objects.of_kind("Gateway", "gateway.networking.k8s.io")
	some index, listener in objects.array_of(objects.field(objects.spec(gateway), "listeners"))
	from := object.get(listener, ["allowedRoutes", "namespaces", "from"], "Same")
	from != "Same"
}

_gateways(route, parent) := [gateway |
	some gateway in objects.of_kind("Gateway", "gateway.networking.k8s.io")
	objects.name(gateway) == objects.field(parent, "name")
	objects.namespace(gateway) == objects.namespace(route)
	object.get(parent, "namespace", objects.namespace(route)) == objects.namespace(route)
]

_covers("", _)

_covers(listener, hostname) if {
	listener != ""
	listener == hostname
}

# A wildcard of a listener stands for one label or more.
_covers(listener, hostname) if {
	startswith(listener, "*.")
	endswith(trim_prefix(hostname, "*"), substring(listener, 1, -1))
}
