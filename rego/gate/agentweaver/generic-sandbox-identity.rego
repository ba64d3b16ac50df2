# METADATA
# title: The generic sandbox has no identity
# description: |
#   The generic sandbox runs commands for the API and needs neither the cluster's API nor the vault. A mounted
#   service account token or the workload identity label would hand whatever it runs a way to both.
# custom:
#   id: agentweaver-generic-sandbox-identity
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Set automountServiceAccountToken false and remove the label azure.workload.identity/use from template
#     agentweaver-sandbox.
#   references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/", "agentweaver:P6"]
#   exceptionable: false
package sluice.agentweaver.generic_sandbox_identity

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/automountServiceAccountToken", "message": "generic sandboxes may get a token of the cluster's API"} if {
	objects.name(input) == "agentweaver-sandbox"
	some pod in pods.specs
	object.get(pod.spec, "automountServiceAccountToken", true) != false
}

deny contains {"path": $"{pod.templatePath}/metadata/labels/azure.workload.identity~1use", "message": "generic sandboxes get a token of the vault's identity"} if {
	objects.name(input) == "agentweaver-sandbox"
	some pod in pods.specs
	object.get(pod.labels, "azure.workload.identity/use", null) != null
}
