# METADATA
# title: Scratch volumes are limited
# description: |
#   An emptyDir without a limit can fill the node's disk; then the kubelet evicts pods, and not only the one
#   at fault. Limits of ephemeral-storage (memory, for one in memory) on every container of the pod do as well.
# custom:
#   id: workload-empty-dir-limit
#   severity: info
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
#     Set emptyDir.sizeLimit to what the program needs.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
#   exceptionable: true
package sluice.workload.empty_dir_limit

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}/emptyDir", "message": message} if {
	some pod in pods.specs
	some index, volume in objects.array_of(pod.spec.volumes)
	is_object(volume.emptyDir)
	objects.field(volume.emptyDir, "sizeLimit") == null
	not _bounded(pod.spec, objects.string_of(objects.field(volume.emptyDir, "medium"), "disk"))
	name := objects.string_of(objects.field(volume, "name"), $"number {index}")
	message := $"scratch volume {name} can fill the node"
}

# Limits of every container bound what the pod as a whole may use.
_bounded(spec, medium) if {
	resource := object.get({"Memory": "memory"}, medium, "ephemeral-storage")
	every container in objects.array_of(spec.containers) {
		container.resources.limits[resource]
	}
}
