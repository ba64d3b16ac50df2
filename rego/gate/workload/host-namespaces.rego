# METADATA
# title: Pods keep out of the node's namespaces
# description: |
#   hostNetwork puts a pod beside the kubelet, past every NetworkPolicy and within reach of services that
#   listen on localhost; hostPID shows it all processes with their environment; hostIPC their shared memory.
# custom:
#   id: workload-host-namespaces
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
#     Remove hostNetwork, hostPID and hostIPC; reach the pod by a Service.
#   references:
#     - https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   exceptionable: true
package sluice.workload.host_namespaces

import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/{field}", "message": message} if {
	some pod in pods.specs
	some field, meaning in {
		"hostNetwork": "shares the node's network, where no NetworkPolicy holds",
		"hostPID": "sees the processes of its node",
		"hostIPC": "shares memory with the processes of its node",
	}
	pod.spec[field] == true
	message := $"the pod {meaning} ({field})"
}
