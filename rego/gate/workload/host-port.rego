# METADATA
# title: Containers open no port of the node
# description: |
#   A hostPort is reachable at the node's address past Services and, with several CNI plug-ins, past
#   NetworkPolicies; it also keeps two such pods off one node, so a rolling update can hang.
# custom:
#   id: workload-host-port
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
#     Remove hostPort and publish the port by a Service.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.host_port

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/ports/{index}/hostPort", "message": message} if {
	some container in pods.containers
	some index, port in objects.array_of(container.container.ports)
	number := port.hostPort
	number != 0
	message := $"container {container.name} opens port {number} of its node"
}
