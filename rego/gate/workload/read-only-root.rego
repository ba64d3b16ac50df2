# METADATA
# title: Containers have a read-only root file system
# description: |
#   A writable root file system lets whoever gets into a container replace its binaries and drop tools, and
#   hides state that is gone with the next restart. Read-only, with an emptyDir where the program really
#   writes, shows both.
# custom:
#   id: workload-read-only-root
#   severity: low
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
#     Set securityContext.readOnlyRootFilesystem: true and mount an emptyDir at the paths that must be
#     writable, such as /tmp.
#   references:
#     - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   exceptionable: true
package sluice.workload.read_only_root

import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/readOnlyRootFilesystem", "message": message} if {
	some container in pods.containers
	container.type != "ephemeral"
	not pods.windows(container.pod)
	pods.own_security(container, "readOnlyRootFilesystem") != true
	message := $"container {container.name} can write to its root file system"
}
