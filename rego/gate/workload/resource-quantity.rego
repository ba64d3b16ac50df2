# METADATA
# title: Resource quantities mean what they say
# description: |
#   The API server refuses "512MB" and "1 Gi", and accepts "512m" of memory, which is half a byte: the
#   container is killed before it starts. Both are typing errors that no schema finds, since a quantity is
#   only a string there.
# custom:
#   id: workload-resource-quantity
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
#     Write memory in Mi or Gi (or M, G) and CPU in cores or millicores (500m).
#   references:
#     - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
#   exceptionable: true
package sluice.workload.resource_quantity

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.quantity

deny contains {"path": $"{container.path}/resources/{field}/{escaped}", "message": message} if {
	some container in pods.containers
	some field in ["requests", "limits"]
	some resource, value in objects.object_of(objects.field(container.container.resources, field))
	fault := _fault(resource, value)
	escaped := replace(replace(resource, "~", "~0"), "/", "~1")
	text := _shown(value)
	message := $"container {container.name} sets {field} of {resource} to {text}, {fault}"
}

_fault(_, value) := "which is no quantity" if not _known(value)

_fault(resource, value) := "which is less than one byte" if {
	resource in {"memory", "ephemeral-storage"}
	quantity.value(value) > 0
	quantity.value(value) < 1
}

_known(value) if is_number(quantity.value(value))

_shown(value) := type_name(value) if type_name(value) in {"array", "object"}

else := objects.text(value)
