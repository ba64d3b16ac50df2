# METADATA
# title: Certificates of listeners and Ingresses exist
# description: |
#   A TLS listener whose Secret does not exist is not programmed; an Ingress falls back to the controller's
#   self-signed certificate, which every browser refuses.
# custom:
#   id: references-certificate
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - Gateway.gateway.networking.k8s.io
#     - ListenerSet.gateway.networking.k8s.io
#     - BackendTLSPolicy.gateway.networking.k8s.io
#     - Ingress.networking.k8s.io
#   remediation: >-
#     Correct the name, or add the Certificate that makes the Secret. If something outside of the input
#     makes it, declare it as external with the reason.
#   references:
#     - https://gateway-api.sigs.k8s.io/guides/tls/
#   exceptionable: true
package sluice.references.certificate

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"certificate", "ca-certificate"})
