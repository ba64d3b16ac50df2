# METADATA
# title: Every host name of a route has a listener
# description: |
#   A host name that no listener of the route's Gateways accepts is silently dropped: the route is reported
#   as accepted as long as one other name fits, and users of that name get 404. Routes with a parent outside
#   of the input are not judged.
# custom:
#   id: gateway-hostname-covered
#   severity: high
#   pack: gateway
#   scope: object
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#   remediation: >-
#     Add a listener for the name to the Gateway, or correct the name in the route.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/httproute/#hostnames
#   exceptionable: true
package sluice.gateway.hostname_covered

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"path": $"/spec/hostnames/{index}", "message": message} if {
	parents := gateways.parents(input)
	count(parents) > 0
	count(parents) == count(objects.array_of(input.spec.parentRefs))
	every parent in parents {
		count(gateways.with_key(parent.key)) > 0
	}
	some index, hostname in objects.array_of(input.spec.hostnames)
	not _covered(parents, lower(hostname))
	message := $"no listener of the route's Gateways accepts {hostname}"
}

_covered(parents, hostname) if {
	some parent in parents
	some gateway in gateways.with_key(parent.key)
	some listener in gateways.listeners(gateway)
	gateways.means(parent, listener)
	gateways.overlap(listener.hostname, hostname)
}
