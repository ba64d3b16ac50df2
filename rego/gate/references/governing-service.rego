# METADATA
# title: The governing Service of a StatefulSet exists
# description: |
#   serviceName gives the pods their DNS names. When no Service of that name exists the pods run, but nobody
#   finds them by name, their own peers included.
# custom:
#   id: references-governing-service
#   severity: medium
#   pack: references
#   scope: graph
#   kinds: [StatefulSet.apps]
#   remediation: >-
#     Add a headless Service (clusterIP: None) of that name, or correct serviceName.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
#   exceptionable: true
package sluice.references.governing_service

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"governing-service"})
