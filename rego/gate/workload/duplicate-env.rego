# METADATA
# title: Environment variables are set once
# description: |
#   A container's list of variables may hold a name twice; the last one wins without a word. Server-side
#   apply, which merges the list by name, then refuses or drops one of them, so what runs depends on how it
#   was applied.
# custom:
#   id: workload-duplicate-env
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
#     Remove the entry that is not meant.
#   references:
#     - https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
#   exceptionable: true
package sluice.workload.duplicate_env

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/env/{index}", "message": message} if {
	some container in pods.containers
	variables := objects.array_of(objects.field(container.container, "env"))
	places := {name: indexes |
		name := variables[_].name
		indexes := [index | variables[index].name == name]
	}
	some name, indexes in places
	some index in array.slice(indexes, 1, count(indexes))
	message := $"container {container.name} sets {name} again"
}
