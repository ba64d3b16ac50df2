# METADATA
# title: Containers have a memory limit
# description: |
#   Memory cannot be taken back from a process. A container without a memory limit can use up the node, and
#   the kernel then kills whatever it finds largest, which may be another tenant's pod. A limit keeps the
#   fault with its cause. A CPU limit is not asked for: CPU is shared by weight, and throttling harms more
#   often than it helps.
# custom:
#   id: workload-memory-limit
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
#     Set resources.limits.memory, or give the namespace a LimitRange with a default.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#     - https://kubernetes.io/docs/concepts/policy/limit-range/
#   exceptionable: true
package sluice.workload.memory_limit

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.resources

deny contains {"path": $"{container.path}/resources", "message": message} if {
	some container in pods.long_running
	not resources.limited(container, objects.namespace(input), "memory")
	message := $"container {container.name} can use up the memory of its node"
}
