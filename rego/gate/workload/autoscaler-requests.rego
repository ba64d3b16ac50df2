# METADATA
# title: An autoscaler by utilization finds requests to compare with
# description: |
#   Utilization is usage divided by request. When one container of the pod requests nothing of the resource,
#   the autoscaler has no number and scales neither up nor down, which shows only in its events. A
#   LimitRange that fills the request in counts.
# custom:
#   id: workload-autoscaler-requests
#   severity: high
#   pack: workload
#   scope: object
#   kinds: [HorizontalPodAutoscaler.autoscaling]
#   remediation: >-
#     Set the request in every container of the target, use a ContainerResource metric, or scale by
#     averageValue.
#   references:
#     - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics
#   exceptionable: true
package sluice.workload.autoscaler_requests

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.resources

deny contains {"path": metric.path, "message": message} if {
	some metric in _metrics
	target := objects.object_of(objects.spec(input).scaleTargetRef)
	some workload in objects.of_kind(target.kind, "apps")
	objects.name(workload) == target.name
	objects.namespace(workload) == objects.namespace(input)
	some container in pods.containers_of(workload)
	container.type == "container"
	metric.container in {"", container.name}
	not resources.requested(container, objects.namespace(input), metric.resource)
	message := $"container {container.name} of {target.kind} {target.name} requests no {metric.resource}, so there is no utilization to scale by"
}

_metrics contains {"path": $"/spec/metrics/{index}", "resource": source.name, "container": object.get(source, "container", "")} if {
	some index, metric in objects.array_of(objects.spec(input).metrics)
	some field in ["resource", "containerResource"]
	source := metric[field]
	source.target.type == "Utilization"
}

_metrics contains {"path": "/spec/targetCPUUtilizationPercentage", "resource": "cpu", "container": ""} if {
	is_number(objects.spec(input).targetCPUUtilizationPercentage)
}
