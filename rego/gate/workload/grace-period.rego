# METADATA
# title: A pod has time left after its preStop hook
# description: |
#   The preStop hook runs within the termination grace period. A hook that sleeps as long as the period or
#   longer leaves the program no time: it is killed in the middle of its last requests.
# custom:
#   id: workload-grace-period
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
#     Raise terminationGracePeriodSeconds above the sleep plus the time the program needs to stop.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
#   exceptionable: true
package sluice.workload.grace_period

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/lifecycle/preStop", "message": message} if {
	some container in pods.containers
	some sleep in _sleeps(container.container.lifecycle.preStop)
	period := object.get(container.pod, "terminationGracePeriodSeconds", 30)
	is_number(period)
	sleep >= period
	message := $"container {container.name} sleeps {sleep} s before it stops, and is killed after {period} s"
}

_sleeps(hook) := {seconds |
	seconds := hook.sleep.seconds
	is_number(seconds)
} | {seconds |
	words := split(concat(" ", objects.array_of(hook.exec.command)), " ")
	some index, word in words
	word in {"sleep", "/bin/sleep"}
	seconds := to_number(words[index + 1])
}
