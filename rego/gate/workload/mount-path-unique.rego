# METADATA
# title: A container mounts one volume at a path
# description: |
#   The API server refuses a container with two mounts at the same path.
# custom:
#   id: workload-mount-path-unique
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
#     Change one of the paths, or use subPath or a projected volume to combine the contents.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/projected-volumes/
#   exceptionable: true
package sluice.workload.mount_path_unique

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/volumeMounts/{index}/mountPath", "message": message} if {
	some container in pods.containers
	mounts := objects.array_of(objects.field(container.container, "volumeMounts"))
	some index, mount in mounts
	path := mount.mountPath
	path in [earlier.mountPath | some earlier in array.slice(mounts, 0, index)]
	message := $"container {container.name} mounts something else at {path} already"
}
