# METADATA
# title: No pod reaches into its node
# description: |
#   Privileged containers, the node's network, process or IPC namespaces, its file system and its ports each give
#   a pod a way around the microVM, the network policies or both. Nothing in the platform needs one of them.
# custom:
#   id: agentweaver-host-isolation
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch, SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
#   remediation: >-
#     Remove the field.
#   references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline", "agentweaver:P4"]
#   exceptionable: false
package sluice.agentweaver.host_isolation

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/{field}", "message": $"pods of {objects.name(input)} set {field}"} if {
	some pod in pods.specs
	some field in ["hostNetwork", "hostPID", "hostIPC"]
	object.get(pod.spec, field, false) != false
}

deny contains {"path": $"{pod.path}/volumes/{index}/hostPath", "message": $"pods of {objects.name(input)} mount {objects.text(objects.field(volume.hostPath, "path"))} of the node"} if {
	some pod in pods.specs
	some index, volume in objects.array_of(objects.field(pod.spec, "volumes"))
	object.get(volume, "hostPath", null) != null
}

deny contains {"path": $"{entry.path}/securityContext/privileged", "message": $"container {entry.name} is privileged"} if {
	some entry in pods.containers
	not pods.own_security(entry, "privileged") in {null, false}
}

deny contains {"path": $"{entry.path}/ports/{index}/hostPort", "message": $"container {entry.name} takes port {objects.text(port.hostPort)} of the node"} if {
	some entry in pods.containers
	some index, port in objects.array_of(objects.field(entry.container, "ports"))
	not port.hostPort in {null, 0}
}
