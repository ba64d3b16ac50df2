# METADATA
# title: A disruption budget lets a node be drained
# description: |
#   A budget that never allows an eviction stops every node drain: cluster upgrades and the autoscaler wait
#   until somebody deletes the pod by hand. That is the case when nothing may be unavailable, or when as
#   many pods must be available as the workload keeps at its smallest.
# custom:
#   id: workload-disruption-budget-allows
#   severity: high
#   pack: workload
#   scope: object
#   kinds: [PodDisruptionBudget.policy]
#   remediation: >-
#     Use maxUnavailable: 1, or keep more replicas than minAvailable asks for.
#   references:
#     - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#   exceptionable: true
package sluice.workload.disruption_budget_allows

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.replicas
import data.sluice.lib.selectors

deny contains {"path": $"/spec/{field}", "message": $"{field} {value} never allows an eviction"} if {
	some field, never in {"maxUnavailable": {0, "0", "0%"}, "minAvailable": {"100%"}}
	value := objects.spec(input)[field]
	value in never
}

deny contains {"path": "/spec/minAvailable", "message": message} if {
	count(_selected) > 0
	number := sum([replicas.minimum(workload) | some workload in _selected])
	number > 0
	value := objects.spec(input).minAvailable
	value != "100%"
	wanted := _count(value, number)
	wanted >= number
	message := $"minAvailable {value} never allows an eviction while there are {number} pods, the fewest that the workloads it selects keep"
}

_count(value, _) := value if is_number(value)

_count(value, number) := ceil((to_number(trim_suffix(value, "%")) * number) / 100) if {
	is_string(value)
	endswith(value, "%")
}

_selected := [workload |
	some kind in ["Deployment", "StatefulSet"]
	some workload in objects.of_kind(kind, "apps")
	objects.namespace(workload) == objects.namespace(input)
	some pod in pods.specs_of(workload)
	selectors.selects(objects.spec(input).selector, pod.labels)
]
