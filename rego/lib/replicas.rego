# METADATA
# title: Replicas
# description: How many pods a workload keeps, with the autoscalers of the inventory taken into account.
package sluice.lib.replicas

import data.sluice.lib.objects

# METADATA
# description: The number of pods that a Deployment, ReplicaSet or StatefulSet never goes below.
minimum(workload) := min(_autoscaled(workload)) if count(_autoscaled(workload)) > 0

else := number if {
	number := objects.spec(workload).replicas
	is_number(number)
} else := 1

# METADATA
# description: The autoscalers of the inventory that set the replicas of a workload.
autoscalers(workload) := {autoscaler |
	some autoscaler in objects.of_kind("HorizontalPodAutoscaler", "autoscaling")
	_targets(autoscaler, workload, "")
} | {autoscaler |
	some autoscaler in objects.of_kind("ScaledObject", "keda.sh")
	_targets(autoscaler, workload, "Deployment")
}

_targets(autoscaler, workload, default_kind) if {
	target := objects.object_of(objects.spec(autoscaler).scaleTargetRef)
	object.get(target, "kind", default_kind) == workload.kind
	target.name == objects.name(workload)
	objects.namespace(autoscaler) == objects.namespace(workload)
}

_autoscaled(workload) := [number |
	some autoscaler in autoscalers(workload)
	number := _floor(autoscaler)
]

_floor(autoscaler) := object.get(objects.spec(autoscaler), "minReplicas", 1) if {
	autoscaler.kind == "HorizontalPodAutoscaler"
}

_floor(autoscaler) := object.get(objects.spec(autoscaler), "minReplicaCount", 0) if {
	autoscaler.kind == "ScaledObject"
}
