# METADATA
# title: A Service selects pods of one workload
# description: |
#   The selector fits the pods of several workloads, and requests go to any of them. For a canary or a
#   blue-green pair that is meant; otherwise one workload is getting another's requests.
# custom:
#   id: references-service-one-workload
#   severity: info
#   pack: references
#   scope: graph
#   kinds: [Service]
#   remediation: >-
#     Add a label to the selector that only the one workload has, unless it is meant.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
#   exceptionable: true
package sluice.references.service_one_workload

import data.sluice.lib.references

deny contains finding if some finding in references.with_status({"service-selector"}, {"ambiguous"})
