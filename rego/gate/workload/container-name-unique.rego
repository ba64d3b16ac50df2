# METADATA
# title: Container names are unique in their pod
# description: |
#   Containers, init containers and ephemeral containers of a pod share one set of names. The API server
#   refuses a pod that uses a name twice.
# custom:
#   id: workload-container-name-unique
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
#     Rename one of the containers.
#   references:
#     - https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container
#   exceptionable: true
package sluice.workload.container_name_unique

import data.sluice.lib.pods

deny contains {"path": $"{later.path}/name", "message": message} if {
	some later in pods.containers
	is_string(later.container.name)
	some earlier in pods.containers
	earlier.name == later.name
	earlier.podPath == later.podPath
	_before(earlier.path, later.path)
	message := $"the pod has another container named {later.name}"
}

_before(one, other) if count(one) < count(other)

_before(one, other) if {
	count(one) == count(other)
	one < other
}
