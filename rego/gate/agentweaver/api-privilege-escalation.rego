# METADATA
# title: The API cannot gain privileges
# description: |
#   The API handles the sign-in and holds the signing key. With allowPrivilegeEscalation false no setuid program
#   in its image can give an intruder more than the user it runs as.
# custom:
#   id: agentweaver-api-privilege-escalation
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Set allowPrivilegeEscalation false in every container of Deployment agentweaver-api.
#   references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/", "agentweaver:P2"]
#   exceptionable: false
package sluice.agentweaver.api_privilege_escalation

import data.sluice.lib.agentweaver_hardening as hardening
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/securityContext/allowPrivilegeEscalation", "message": $"container {entry.name} of the API may gain privileges"} if {
	objects.name(input) == "agentweaver-api"
	some entry in pods.containers
	not hardening.keeps_privileges(entry)
}
