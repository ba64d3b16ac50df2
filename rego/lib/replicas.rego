# METADATA
# title: Replicas
# description: How many pods a workload keeps, with the autoscalers of the inventory taken into account.
package sluice.lib.replicas

import data.sluice.lib.objects

# METADATA
# description: The number of pods that a Deployment, ReplicaSet or StatefulSet never goes below.
minimum(workload) := min({scaler.minimum | some scaler in autoscalers(workload)}) if {
	count(autoscalers(workload)) > 0
}

else := number if {
	number := objects.spec(workload).replicas
	is_number(number)
} else := 1

# METADATA
# description: |
#   The autoscalers of the inventory that set the replicas of a workload, as {kind, name, minimum}.
autoscalers(workload) := object.get(
	_by_target,
	concat("/", [objects.namespace(workload), workload.kind, objects.name(workload)]),
	set(),
)

_by_target[key] contains entry if {
	some [kind, api_group, default_kind, field, default_minimum] in [
		["HorizontalPodAutoscaler", "autoscaling", "", "minReplicas", 1],
		["ScaledObject", "keda.sh", "Deployment", "minReplicaCount", 0],
	]
	some autoscaler in objects.of_kind(kind, api_group)
	target := objects.object_of(objects.field(objects.spec(autoscaler), "scaleTargetRef"))
	target_kind := objects.string_of(objects.field(target, "kind"), default_kind)
	key := concat("/", [objects.namespace(autoscaler), target_kind, target.name])
	entry := {
		"kind": kind,
		"name": objects.name(autoscaler),
		"minimum": object.get(objects.spec(autoscaler), field, default_minimum),
	}
}
