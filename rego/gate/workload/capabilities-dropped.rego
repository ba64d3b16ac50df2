# METADATA
# title: Containers drop all capabilities
# description: |
#   Container runtimes grant a dozen Linux capabilities by default, raw sockets and changing file owners
#   among them. Almost no service needs one; each is a tool for whoever gets into the container.
# custom:
#   id: workload-capabilities-dropped
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
#     Set securityContext.capabilities.drop: [ALL] and add back by name what is really needed.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.capabilities_dropped

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/securityContext/capabilities/drop", "message": message} if {
	some container in pods.containers
	not pods.windows(container.pod)
	not "ALL" in _dropped(container)
	message := $"container {container.name} keeps the runtime's default capabilities"
}

_dropped(container) := objects.array_of(objects.field(pods.own_security(container, "capabilities"), "drop"))
