# METADATA
# title: Pods mount nothing of the node's file system
# description: |
#   A hostPath volume ties a pod to a node and gives it files that other pods and the kubelet trust. Even
#   read-only it can hold credentials of other pods. Sockets of the container runtime have their own rule.
# custom:
#   id: workload-host-path
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
#     Use an emptyDir, a PersistentVolumeClaim, a ConfigMap or a CSI driver instead.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.host_path

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}/hostPath", "message": message} if {
	some pod in pods.specs
	some index, volume in objects.array_of(pod.spec.volumes)
	path := objects.string_of(volume.hostPath.path, "a path of the node")
	not endswith(path, ".sock")
	name := objects.string_of(objects.field(volume, "name"), $"number {index}")
	message := $"volume {name} is {path} of the node"
}
