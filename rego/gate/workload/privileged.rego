# METADATA
# title: No container is privileged
# description: |
#   A privileged container has every capability and every device of its node, and no confinement: it is root
#   on the node, and from there on every node that shares a credential with it.
# custom:
#   id: workload-privileged
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
#     Remove privileged: true; grant the one capability or device that is needed.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.privileged

import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/privileged", "message": message} if {
	some container in pods.containers
	pods.own_security(container, "privileged") == true
	message := $"container {container.name} is privileged"
}
