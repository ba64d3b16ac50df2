# METADATA
# title: Pods have containers
# description: |
#   A pod or pod template without a container, or whose spec is missing or no object, is refused by the API
#   server; the sync stops there. Every other rule about pods has nothing to judge in it, so without this one
#   such a manifest would pass them all. Init containers do not count.
# custom:
#   id: workload-containers
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
#     List at least one container, with a name and an image, in the containers of the pod's spec.
#   references:
#     - https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
#   exceptionable: true
package sluice.workload.containers

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": path, "message": "the pod has no containers, so the API server refuses it"} if {
	keys := array.concat(pods.template_keys(input), ["spec"])
	spec := object.get(input, keys, null)
	containers := objects.array_of(objects.field(spec, "containers"))
	count([container | some container in containers; is_object(container)]) == 0
	path := concat("", [$"/{key}" | some key in array.concat(keys, ["containers"])])
}
