# METADATA
# title: Sandboxes run in Kata microVMs
# description: |
#   Agents run commands that nobody has reviewed. The Kata runtime gives each sandbox a kernel of its own; without
#   it a kernel exploit in one run reaches the node and every other run on it.
# custom:
#   id: agentweaver-sandbox-runtime-class
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Set runtimeClassName to kata-vm-isolation in the pod template.
#   references: ["https://kubernetes.io/docs/concepts/containers/runtime-class/", "agentweaver:I2"]
#   exceptionable: false
package sluice.agentweaver.sandbox_runtime_class

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/runtimeClassName", "message": $"sandboxes of {objects.name(input)} run with runtime class {objects.text(class)} instead of kata-vm-isolation"} if {
	some pod in pods.specs
	class := object.get(pod.spec, "runtimeClassName", "the cluster's default")
	class != "kata-vm-isolation"
}
