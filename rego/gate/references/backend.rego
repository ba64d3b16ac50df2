# METADATA
# title: Backends of routes and Ingresses exist
# description: |
#   A route whose backend, or its port, does not exist answers with status 500; an Ingress with 503. Mind
#   that a route names the port of the Service, not that of the container.
# custom:
#   id: references-backend
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#     - Ingress.networking.k8s.io
#   remediation: >-
#     Correct the name or port, or add the Service. If something outside of the input makes it, declare it
#     as external with the reason.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#backendref
#     - https://kubernetes.io/docs/concepts/services-networking/ingress/
#   exceptionable: true
package sluice.references.backend

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"backend"})
