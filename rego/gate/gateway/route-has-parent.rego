# METADATA
# title: Routes are attached to something
# description: |
#   A route without parentRefs is accepted by the API server and served by nobody.
# custom:
#   id: gateway-route-has-parent
#   severity: high
#   pack: gateway
#   scope: object
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   remediation: >-
#     Name the Gateway (or, for a mesh, the Service) in parentRefs.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/httproute/#attaching-to-gateways
#   exceptionable: true
package sluice.gateway.route_has_parent

import data.sluice.lib.objects

deny contains {"path": "/spec/parentRefs", "message": "the route is attached to nothing"} if {
	count(objects.array_of(objects.field(objects.spec(input), "parentRefs"))) == 0
}
