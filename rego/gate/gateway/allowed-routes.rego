# METADATA
# title: A listener does not take routes from every namespace
# description: |
#   With `from: All` whoever may create an HTTPRoute in any namespace may publish a service on this Gateway,
#   and take over a path of somebody else's host name by a longer match.
# custom:
#   id: gateway-allowed-routes
#   severity: medium
#   pack: gateway
#   scope: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Use from: Same, or from: Selector with a label that only the platform sets on namespaces.
#   references:
#     - https://gateway-api.sigs.k8s.io/concepts/security-model/
#   exceptionable: true
package sluice.gateway.allowed_routes

import data.sluice.lib.gateways

deny contains {"path": $"{listener.path}/allowedRoutes/namespaces/from", "message": message} if {
	some listener in gateways.listeners(input)
	listener.listener.allowedRoutes.namespaces.from == "All"
	message := $"listener {listener.name} takes routes from every namespace"
}
