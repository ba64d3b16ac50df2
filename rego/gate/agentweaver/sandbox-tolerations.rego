# METADATA
# title: Sandboxes and programs stay on their own nodes
# description: |
#   Nodes that can run microVMs carry the taint sandbox=kata:NoSchedule. Sandboxes tolerate that taint and no
#   other, and nothing else tolerates it, so an escape from a microVM lands on a node without the platform's
#   programs and their secrets.
# custom:
#   id: agentweaver-sandbox-tolerations
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch, SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
#   remediation: >-
#     Give sandbox pods the one toleration sandbox=kata:NoSchedule, and remove any toleration that covers it from
#     other pods.
#   references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/", "agentweaver:P8"]
#   exceptionable: false
package sluice.agentweaver.sandbox_tolerations

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/tolerations", "message": $"sandboxes of {objects.name(input)} do not tolerate sandbox=kata:NoSchedule, so no node takes them"} if {
	_sandbox
	some pod in pods.specs
	count([toleration | some toleration in _tolerations(pod); _kata(toleration)]) == 0
}

deny contains {"path": $"{pod.path}/tolerations/{index}", "message": $"sandboxes of {objects.name(input)} tolerate more than sandbox=kata:NoSchedule"} if {
	_sandbox
	some pod in pods.specs
	some index, toleration in _tolerations(pod)
	not _kata(toleration)
}

deny contains {"path": $"{pod.path}/tolerations/{index}", "message": $"pods of {objects.name(input)} may run on the sandboxes' nodes"} if {
	not _sandbox
	some pod in pods.specs
	some index, toleration in _tolerations(pod)
	_covers(toleration)
}

_sandbox if input.kind in {"SandboxTemplate", "Sandbox"}

_tolerations(pod) := objects.array_of(objects.field(pod.spec, "tolerations"))

_kata(toleration) if {
	object.get(toleration, "operator", "Equal") == "Equal"
	[objects.field(toleration, "key"), objects.field(toleration, "value"), objects.field(toleration, "effect")] == ["sandbox", "kata", "NoSchedule"]
}

_covers(toleration) if {
	objects.field(toleration, "key") in {"sandbox", null, ""}
	objects.field(toleration, "effect") in {"NoSchedule", null, ""}
	object.get(toleration, "operator", "Equal") == "Exists"
}

_covers(toleration) if {
	objects.field(toleration, "key") == "sandbox"
	objects.field(toleration, "effect") in {"NoSchedule", null, ""}
	objects.field(toleration, "value") == "kata"
}
