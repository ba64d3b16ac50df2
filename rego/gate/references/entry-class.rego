# METADATA
# title: Gateway and Ingress classes exist
# description: |
#   A Gateway or Ingress of a class that the cluster does not have is never served, and no event says so.
#   Classes usually come with the controller; declared as externals, they document what the platform asks of
#   the cluster.
# custom:
#   id: references-entry-class
#   severity: medium
#   pack: references
#   scope: graph
#   kinds: [Gateway.gateway.networking.k8s.io, Ingress.networking.k8s.io]
#   remediation: >-
#     Correct the name, or declare the class as external.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/gatewayclass/
#   exceptionable: true
package sluice.references.entry_class

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"gateway-class", "ingress-class"})
