# METADATA
# title: Containers add no capabilities
# description: |
#   An added capability is a piece of root: SYS_ADMIN is nearly all of it, NET_ADMIN rewrites the node's
#   routes when the pod shares its network, SYS_PTRACE reads other processes. NET_BIND_SERVICE, which only
#   opens low ports, is allowed.
# custom:
#   id: workload-capabilities-added
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
#     Remove the capability; for low ports use a high container port behind the Service instead.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#     - https://man7.org/linux/man-pages/man7/capabilities.7.html
#   exceptionable: true
package sluice.workload.capabilities_added

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/capabilities/add/{index}", "message": message} if {
	some container in pods.containers
	some index, capability in objects.array_of(objects.field(pods.own_security(container, "capabilities"), "add"))
	capability != "NET_BIND_SERVICE"
	message := $"container {container.name} adds capability {capability}"
}
