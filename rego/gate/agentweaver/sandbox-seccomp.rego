# METADATA
# title: Sandboxes filter system calls
# description: |
#   The runtime's default seccomp profile refuses the system calls that most kernel exploits need. Inside the
#   microVM it is the second wall, and without it the first thing an agent's command can try is its own kernel.
# custom:
#   id: agentweaver-sandbox-seccomp
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Set seccompProfile type RuntimeDefault for the pod, and leave it so in the containers.
#   references: ["https://kubernetes.io/docs/tutorials/security/seccomp/", "agentweaver:P7"]
#   exceptionable: false
package sluice.agentweaver.sandbox_seccomp

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/securityContext/seccompProfile", "message": $"container {entry.name} runs with seccomp profile {objects.text(profile)} instead of RuntimeDefault"} if {
	some entry in pods.containers
	profile := object.get(objects.object_of(pods.security(entry, "seccompProfile")), "type", "Unconfined")
	profile != "RuntimeDefault"
}
