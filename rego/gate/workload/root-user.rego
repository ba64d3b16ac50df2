# METADATA
# title: No container runs as user 0
# description: |
#   The manifest asks for root by number. Root inside the container is root to the node's kernel, and files
#   it writes to shared volumes belong to root for every other pod.
# custom:
#   id: workload-root-user
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
#     Set runAsUser to the number of an unprivileged user of the image, for example 1000.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.root_user

import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/runAsUser", "message": message} if {
	some container in pods.containers
	pods.own_security(container, "runAsUser") == 0
	message := $"container {container.name} runs as user 0"
}

deny contains {"path": $"{pod.path}/securityContext/runAsUser", "message": "containers of the pod run as user 0"} if {
	some pod in pods.specs
	pod.spec.securityContext.runAsUser == 0
}
