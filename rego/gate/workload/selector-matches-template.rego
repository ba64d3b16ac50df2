# METADATA
# title: A workload selects its own pods
# description: |
#   The selector of a workload says which pods are its own. The API server refuses a workload whose selector
#   does not match the labels of its template, and the selector cannot be changed later.
# custom:
#   id: workload-selector-matches-template
#   severity: high
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps]
#   remediation: >-
#     Make spec.selector.matchLabels a subset of the template's labels.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector
#   exceptionable: true
package sluice.workload.selector_matches_template

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.selectors

deny contains {"path": "/spec/selector", "message": message} if {
	some pod in pods.specs
	selector := objects.object_of(objects.spec(input).selector)
	count(selector) > 0
	not selectors.selects(selector, pod.labels)
	wanted := concat(", ", sort(array.concat(
		[concat("=", [key, value]) | some key, value in objects.object_of(objects.field(selector, "matchLabels"))],
		[concat(" ", [requirement.key, requirement.operator]) | some requirement in objects.array_of(objects.field(selector, "matchExpressions"))],
	)))
	message := $"the selector ({wanted}) does not match the labels of the pod template"
}

deny contains {"path": "/spec/selector", "message": "the workload has no selector"} if {
	some _ in pods.specs
	count(objects.object_of(objects.field(objects.spec(input), "selector"))) == 0
}
