# METADATA
# title: Volumes are mounted by some container
# description: |
#   A volume that nothing mounts still holds up the pod until its Secret, claim or driver is there, and
#   still puts a secret onto the node. It is usually what remains of a removed feature, or a mount that was
#   forgotten.
# custom:
#   id: workload-volume-used
#   severity: low
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
#     Remove the volume, or mount it where it was meant to be.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/volumes/
#   exceptionable: true
package sluice.workload.volume_used

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}", "message": $"no container mounts volume {name}"} if {
	some pod in pods.specs
	mounted := {name |
		some container in pods.containers
		container.podPath == pod.path
		some field in ["volumeMounts", "volumeDevices"]
		name := objects.array_of(objects.field(container.container, field))[_].name
	}
	some index, volume in objects.array_of(pod.spec.volumes)
	name := volume.name
	not name in mounted
}
