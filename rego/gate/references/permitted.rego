# METADATA
# title: References across namespaces are permitted
# description: |
#   The namespace that is referred to has to allow it: by a ReferenceGrant for backends and certificates, by
#   allowedRoutes of the listener for routes. Without it the reference counts as broken, whatever exists.
# custom:
#   id: references-permitted
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#     - Gateway.gateway.networking.k8s.io
#     - ListenerSet.gateway.networking.k8s.io
#   remediation: >-
#     Add a ReferenceGrant in the target's namespace that names the kinds and this namespace, or widen
#     allowedRoutes of the listener.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/referencegrant/
#   exceptionable: true
package sluice.references.permitted

import data.sluice.lib.references

deny contains finding if some finding in references.with_status({"backend", "certificate", "ca-certificate", "parent-gateway"}, {"not-permitted"})
