# METADATA
# title: Workloads with several replicas have a disruption budget
# description: |
#   Several replicas are there to survive the loss of one. Without a budget a drain may evict them all at
#   once, since nothing tells it that they belong together.
# custom:
#   id: workload-disruption-budget
#   severity: low
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps, StatefulSet.apps]
#   remediation: >-
#     Add a PodDisruptionBudget with maxUnavailable: 1 that selects the pods.
#   references:
#     - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#   exceptionable: true
package sluice.workload.disruption_budget

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.replicas
import data.sluice.lib.selectors

deny contains {"path": "/spec/replicas", "message": message} if {
	number := replicas.minimum(input)
	number > 1
	some pod in pods.specs
	not _budgeted(pod.labels)
	message := $"{number} replicas and no PodDisruptionBudget: a drain may evict them all at once"
}

_budgeted(labels) if {
	some budget in objects.of_kind("PodDisruptionBudget", "policy")
	objects.namespace(budget) == objects.namespace(input)
	selectors.selects(objects.spec(budget).selector, labels)
}
