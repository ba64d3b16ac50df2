# METADATA
# title: A busy container is taken out of service before it is restarted
# description: |
#   When liveness and readiness ask the same question and liveness gives up no later, load that makes the
#   answer slow restarts the container instead of sparing it. Its load then falls on the others, which
#   restart next.
# custom:
#   id: workload-liveness-after-readiness
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
#     Give liveness its own cheap question, or a failureThreshold well above that of readiness.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#   exceptionable: true
package sluice.workload.liveness_after_readiness

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/livenessProbe", "message": message} if {
	some container in pods.long_running
	liveness := objects.object_of(container.container.livenessProbe)
	readiness := objects.object_of(container.container.readinessProbe)
	some handler in ["httpGet", "tcpSocket", "exec", "grpc"]
	liveness[handler] == readiness[handler]
	patience := _seconds(liveness)
	patience <= _seconds(readiness)
	message := $"container {container.name} asks the same for liveness as for readiness, and restarts after {patience} s"
}

_seconds(probe) := object.get(probe, "periodSeconds", 10) * object.get(probe, "failureThreshold", 3)
