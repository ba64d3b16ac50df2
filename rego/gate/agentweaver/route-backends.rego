# METADATA
# title: Routes lead to a Service and one of its ports
# description: |
#   A backend that names no Service of the namespace, or a port that the Service does not have, answers every
#   request with status 500, while the route itself is reported as accepted.
# custom:
#   id: agentweaver-route-backends
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [HTTPRoute, Service]
#   remediation: >-
#     Name an emitted Service and one of its ports.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional", "agentweaver:G4"]
#   exceptionable: true
package sluice.agentweaver.route_backends

import data.sluice.lib.agentweaver_routes as routes
import data.sluice.lib.objects

deny contains {"object": route, "path": path, "message": $"HTTPRoute {objects.name(route)} leads to Service {objects.text(name)}, which is not there"} if {
	some route in routes.all
	some [path, backend] in _backends(route)
	name := objects.field(backend, "name")
	not [objects.namespace(route), name] in _services
}

deny contains {"object": route, "path": $"{path}/port", "message": $"HTTPRoute {objects.name(route)} leads to port {objects.text(port)}, which Service {name} does not have"} if {
	some route in routes.all
	some [path, backend] in _backends(route)
	name := objects.field(backend, "name")
	[objects.namespace(route), name] in _services
	port := objects.field(backend, "port")
	not [objects.namespace(route), name, port] in _ports
}

_backends(route) := [[$"/spec/rules/{index}/backendRefs/{at}", backend] |
	some index, rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	some at, backend in objects.array_of(objects.field(rule, "backendRefs"))
]

_services := {[objects.namespace(service), objects.name(service)] | some service in objects.of_kind("Service", "")}

_ports := {[objects.namespace(service), objects.name(service), port.port] |
	some service in objects.of_kind("Service", "")
	some port in objects.array_of(objects.field(objects.spec(service), "ports"))
}
