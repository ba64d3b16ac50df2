# METADATA
# title: Mounts name volumes that the pod has
# description: |
#   The API server refuses a pod whose container mounts a volume that the pod does not define. In a
#   Deployment only its ReplicaSet is told so: the sync succeeds and no pod appears.
# custom:
#   id: workload-volume-mount
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
#     Define the volume in the pod (or as a volumeClaimTemplate), or correct the name in the mount.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/volumes/
#   exceptionable: true
package sluice.workload.volume_mount

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/{field}/{index}/name", "message": message} if {
	some container in pods.containers
	some field in ["volumeMounts", "volumeDevices"]
	some index, mount in objects.array_of(objects.field(container.container, field))
	name := mount.name
	not name in _volumes(container.pod)
	message := $"container {container.name} mounts volume {name}, which the pod does not define"
}

_volumes(pod) := {name | name := objects.array_of(objects.field(pod, "volumes"))[_].name} | _claimed

_claimed := {name | name := objects.array_of(objects.field(objects.spec(input), "volumeClaimTemplates"))[_].metadata.name}
