# METADATA
# title: API and frontend run as user 1000 without capabilities
# description: |
#   The two tiers that answer the Internet run as uid 1000, refuse to start as root and drop every capability, so
#   that code that breaks out of the program finds a user who may do nothing on the node.
# custom:
#   id: agentweaver-web-pods-non-root
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Set runAsNonRoot true and runAsUser 1000, and drop ALL capabilities in each container.
#   references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/", "agentweaver:P1"]
#   exceptionable: false
package sluice.agentweaver.web_pods_non_root

import data.sluice.lib.agentweaver_hardening as hardening
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/securityContext/{lack.field}", "message": $"container {entry.name} {lack.what}"} if {
	objects.name(input) in {"agentweaver-api", "agentweaver-frontend"}
	some entry in pods.containers
	some lack in hardening.user(entry)
}
