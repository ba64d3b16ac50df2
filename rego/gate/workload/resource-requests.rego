# METADATA
# title: Containers request CPU and memory
# description: |
#   The scheduler places pods by what they request. A container that requests nothing is placed anywhere, is
#   the first to be evicted when the node runs short, and makes autoscaling by utilization impossible.
#   Requests come from the container, its limits, the pod's own resources, or a LimitRange of the namespace;
#   all four are looked at.
# custom:
#   id: workload-resource-requests
#   severity: medium
#   pack: workload
#   scope: object
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Set resources.requests.cpu and resources.requests.memory to what the container uses in normal
#     operation.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   exceptionable: true
package sluice.workload.resource_requests

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.resources

deny contains {"path": $"{container.path}/resources", "message": message} if {
	some container in pods.long_running
	missing := [resource |
		some resource in ["cpu", "memory"]
		not resources.requested(container, objects.namespace(input), resource)
	]
	count(missing) > 0
	list := concat(" and ", missing)
	message := $"container {container.name} requests no {list}"
}
