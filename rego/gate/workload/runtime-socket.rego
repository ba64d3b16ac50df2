# METADATA
# title: Pods do not hold the container runtime's socket
# description: |
#   Who can talk to the container runtime can start a privileged container on the node, whatever the API
#   server's admission would have said. Build tools ask for this socket; rootless builders do without.
# custom:
#   id: workload-runtime-socket
#   severity: critical
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
#     Remove the volume; build images with a rootless builder such as BuildKit, and read metrics from the
#     kubelet.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   exceptionable: true
package sluice.workload.runtime_socket

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}/hostPath", "message": message} if {
	some pod in pods.specs
	some index, volume in objects.array_of(pod.spec.volumes)
	path := volume.hostPath.path
	endswith(path, ".sock")
	name := objects.string_of(objects.field(volume, "name"), $"number {index}")
	message := $"volume {name} is the socket {path} of the node"
}
