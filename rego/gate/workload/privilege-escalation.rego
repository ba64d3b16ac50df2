# METADATA
# title: Containers cannot gain privileges
# description: |
#   Unless forbidden, a process may gain more privileges than its parent through a setuid binary of the
#   image, so "non-root" holds only until the first `sudo`. The default is to allow it.
# custom:
#   id: workload-privilege-escalation
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
#     Set securityContext.allowPrivilegeEscalation: false on the container.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.privilege_escalation

import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/allowPrivilegeEscalation", "message": message} if {
	some container in pods.containers
	not pods.windows(container.pod)
	pods.own_security(container, "allowPrivilegeEscalation") != false
	message := $"container {container.name} can gain privileges that its image's user does not have"
}
