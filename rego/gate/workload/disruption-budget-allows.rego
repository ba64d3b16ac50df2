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
#   scope: graph
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

deny contains {"object": objects.identity(budget), "path": $"/spec/{field}", "message": message} if {
	some budget in _budgets
	some field, never in {"maxUnavailable": {0, "0", "0%"}, "minAvailable": {"100%"}}
	value := objects.spec(budget)[field]
	value in never
	message := $"{field} {value} never allows an eviction"
}

deny contains {"object": objects.identity(budget), "path": "/spec/minAvailable", "message": message} if {
	some budget in _budgets
	number := _fewest[[objects.namespace(budget), objects.spec(budget).selector]]
	number > 0
	value := objects.spec(budget).minAvailable
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

_budgets := objects.of_kind("PodDisruptionBudget", "policy")

# By selector, since many budgets may share one.
_fewest[[namespace, selector]] := sum(numbers) if {
	some [namespace, selector] in _selectors
	numbers := [workload.minimum |
		some workload in _candidates(namespace, selector)
		selectors.selects(selector, workload.labels)
	]
	count(numbers) > 0
}

_selectors contains [objects.namespace(budget), objects.spec(budget).selector] if some budget in _budgets

# Those that carry the rarest label that the selector wants, or all of the namespace where it wants none.
_candidates(namespace, selector) := object.get(_by_label, wanted[0][1], set()) if {
	wanted := sort([[count(object.get(_by_label, label, set())), label] |
		some key, value in objects.object_of(objects.field(selector, "matchLabels"))
		label := json.marshal([namespace, key, value])
	])
	count(wanted) > 0
} else := object.get(_by_namespace, namespace, set())

_by_label[json.marshal([namespace, key, value])] contains workload if {
	some namespace, workloads in _by_namespace
	some workload in workloads
	some key, value in workload.labels
}

_by_namespace[objects.namespace(workload)] contains entry if {
	some kind in ["Deployment", "StatefulSet"]
	some workload in objects.of_kind(kind, "apps")
	some pod in pods.specs_of(workload)
	entry := {
		"kind": kind,
		"name": objects.name(workload),
		"labels": pod.labels,
		"minimum": replicas.minimum(workload),
	}
}
