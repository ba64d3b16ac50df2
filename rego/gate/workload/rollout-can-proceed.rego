# METADATA
# title: A rolling update can replace a pod
# description: |
#   With maxSurge 0 and maxUnavailable 0 no pod may be added and none removed, so the API server refuses the
#   Deployment.
# custom:
#   id: workload-rollout-can-proceed
#   severity: high
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Set maxSurge or maxUnavailable to at least 1.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
#   exceptionable: true
package sluice.workload.rollout_can_proceed

import data.sluice.lib.objects

deny contains {"path": "/spec/strategy/rollingUpdate", "message": message} if {
	rolling := objects.object_of(objects.spec(input).strategy.rollingUpdate)
	surge := object.get(rolling, "maxSurge", "25%")
	unavailable := object.get(rolling, "maxUnavailable", "25%")
	surge in {0, "0", "0%"}
	unavailable in {0, "0", "0%"}
	message := $"maxSurge {surge} and maxUnavailable {unavailable} allow no pod to be added and none removed"
}
