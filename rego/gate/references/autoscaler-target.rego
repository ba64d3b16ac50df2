# METADATA
# title: Autoscalers scale something
# description: |
#   An autoscaler whose target does not exist does nothing; the workload it was meant for stays at its size
#   under load.
# custom:
#   id: references-autoscaler-target
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [HorizontalPodAutoscaler.autoscaling]
#   remediation: >-
#     Correct kind, apiVersion or name in scaleTargetRef. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
#   exceptionable: true
package sluice.references.autoscaler_target

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"hpa-target"})
