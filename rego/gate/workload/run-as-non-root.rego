# METADATA
# title: Containers cannot start as root
# description: |
#   A process that is root inside a container is root to the kernel it shares with the node; most container
#   escapes start there. `runAsNonRoot: true` makes the kubelet refuse an image whose user is root, so a new
#   image version cannot change it back. A fixed non-zero runAsUser does the same. An explicit user 0 has
#   its own rule.
# custom:
#   id: workload-run-as-non-root
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
#     Set securityContext.runAsNonRoot: true on the pod (or every container), and a USER in the image.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#     - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   exceptionable: true
package sluice.workload.run_as_non_root

import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/runAsNonRoot", "message": message} if {
	some container in pods.containers
	not pods.windows(container.pod)
	pods.security(container, "runAsNonRoot") != true
	not _fixed_user(container)
	message := $"container {container.name} may run as root"
}

_fixed_user(container) if is_number(pods.security(container, "runAsUser"))
