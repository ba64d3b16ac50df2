# METADATA
# title: Containers run under a seccomp profile
# description: |
#   Without a profile a container may use every system call of the kernel, including those that only
#   exploits use. RuntimeDefault blocks the dangerous ones and is noticed by hardly any program; most
#   clusters do not apply it by themselves.
# custom:
#   id: workload-seccomp
#   severity: medium
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
#     Set securityContext.seccompProfile.type: RuntimeDefault on the pod.
#   references:
#     - https://kubernetes.io/docs/tutorials/security/seccomp/
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.seccomp

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/seccompProfile", "message": message} if {
	some container in pods.containers
	not pods.windows(container.pod)
	fault := _fault(objects.field(pods.security(container, "seccompProfile"), "type"))
	message := $"container {container.name} {fault}"
}

_fault(null) := "has no seccomp profile"

_fault("Unconfined") := "switches seccomp off"
