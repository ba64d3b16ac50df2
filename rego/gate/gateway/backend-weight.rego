# METADATA
# title: Some backend of a rule gets requests
# description: |
#   When every backend of a rule has weight 0, no request reaches any of them and each is answered with
#   status 500. It happens at the end of a canary when both sides are turned down.
# custom:
#   id: gateway-backend-weight
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [HTTPRoute.gateway.networking.k8s.io, GRPCRoute.gateway.networking.k8s.io]
#   remediation: >-
#     Give at least one backend a weight above 0.
#   references:
#     - https://gateway-api.sigs.k8s.io/guides/traffic-splitting/
#   exceptionable: true
package sluice.gateway.backend_weight

import data.sluice.lib.objects

deny contains {"path": $"/spec/rules/{index}/backendRefs", "message": $"every backend of rule {index} has weight 0"} if {
	some index, rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	backends := objects.array_of(objects.field(rule, "backendRefs"))
	count(backends) > 0
	every backend in backends {
		backend.weight == 0
	}
}
