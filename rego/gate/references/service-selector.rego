# METADATA
# title: Services select pods
# description: |
#   A Service whose selector fits no pod of the input has no endpoints: connections are refused, and nothing
#   says why. A label that was renamed in one place is the usual cause.
# custom:
#   id: references-service-selector
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [Service]
#   remediation: >-
#     Make the selector fit the labels of the pod template. For pods made elsewhere declare an external of
#     kind Pod with its labels.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
#   exceptionable: true
package sluice.references.service_selector

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"service-selector"})
