# METADATA
# title: Parents of routes exist
# description: |
#   A route attached to a Gateway or listener that does not exist is served by nobody.
# custom:
#   id: references-parent-gateway
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#     - ListenerSet.gateway.networking.k8s.io
#   remediation: >-
#     Correct the name, namespace or section, or add the Gateway. If something outside of the input makes
#     it, declare it as external with the reason.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#parentreference
#   exceptionable: true
package sluice.references.parent_gateway

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"parent-gateway"})
