# METADATA
# title: Workloads with several replicas have a disruption budget
# description: |
#   Several replicas are there to survive the loss of one. Without a budget a drain may evict them all at
#   once, since nothing tells it that they belong together.
# custom:
#   id: workload-disruption-budget
#   severity: low
#   pack: workload
#   scope: graph
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

deny contains {"object": objects.identity(workload), "path": "/spec/replicas", "message": message} if {
	some kind in ["Deployment", "StatefulSet"]
	some workload in objects.of_kind(kind, "apps")
	number := replicas.minimum(workload)
	number > 1
	some pod in pods.specs_of(workload)
	not _budgeted(objects.namespace(workload), pod.labels)
	message := $"{number} replicas and no PodDisruptionBudget: a drain may evict them all at once"
}

_budgeted(namespace, labels) if {
	some selector in _selectors[namespace]
	selectors.selects(selector, labels)
}

_selectors[objects.namespace(budget)] contains objects.spec(budget).selector if {
	some budget in objects.of_kind("PodDisruptionBudget", "policy")
}
