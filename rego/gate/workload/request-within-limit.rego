# METADATA
# title: Requests stay within limits
# description: |
#   The API server refuses a container that requests more than its limit allows. In a Deployment the refusal
#   hits the ReplicaSet's pods, not the Deployment: the sync succeeds and no pod appears.
# custom:
#   id: workload-request-within-limit
#   severity: high
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
#     Raise the limit or lower the request.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   exceptionable: true
package sluice.workload.request_within_limit

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.quantity

deny contains {"path": $"{container.path}/resources/requests/{escaped}", "message": message} if {
	some container in pods.containers
	resources := container.container.resources
	some resource, request in objects.object_of(resources.requests)
	limit := resources.limits[resource]
	quantity.value(request) > quantity.value(limit)
	escaped := replace(replace(resource, "~", "~0"), "/", "~1")
	message := $"container {container.name} requests {request} of {resource}, above its limit of {limit}"
}
