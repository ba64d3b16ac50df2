# METADATA
# title: Every other container is hardened like the API
# description: |
#   Workers, the MCP server, init containers, Jobs and sandboxes run as uid 1000, drop every capability and cannot
#   gain privileges, as the API does. One container that does not is the way into the others' volumes and network.
# custom:
#   id: agentweaver-containers-hardened
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch, SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
#   remediation: >-
#     Set runAsNonRoot true and runAsUser 1000, drop ALL capabilities and set allowPrivilegeEscalation false.
#   references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/", "agentweaver:P3"]
#   exceptionable: false
package sluice.agentweaver.containers_hardened

import data.sluice.lib.agentweaver_hardening as hardening
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/securityContext/{lack.field}", "message": $"container {entry.name} {lack.what}"} if {
	not _deployment({"agentweaver-api", "agentweaver-frontend"})
	some entry in pods.containers
	some lack in hardening.user(entry)
}

deny contains {"path": $"{entry.path}/securityContext/allowPrivilegeEscalation", "message": $"container {entry.name} may gain privileges"} if {
	not _deployment({"agentweaver-api"})
	some entry in pods.containers
	not hardening.keeps_privileges(entry)
}

# The rules about API and frontend judge those.
_deployment(names) if {
	input.kind == "Deployment"
	objects.name(input) in names
}
