# METADATA
# title: Agent hosts read the vault with their own identity
# description: |
#   An agent host fetches the token of the run's owner from Key Vault itself, with workload identity. It needs the
#   label that makes the webhook project a token, its service account and the vault's address. A CSI volume would
#   put the vault's secrets into a pod that runs unreviewed code.
# custom:
#   id: agentweaver-agent-host-identity
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Label the pod azure.workload.identity/use "true", use the service account agentweaver-agent-host, set
#     AgentHost__KeyVaultUri to the https address of the vault, and mount no CSI volume.
#   references: ["https://azure.github.io/azure-workload-identity/docs/", "agentweaver:I5"]
#   exceptionable: false
package sluice.agentweaver.agent_host_identity

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}", "message": "agent hosts mount a CSI volume"} if {
	some pod in _pods
	some index, volume in objects.array_of(objects.field(pod.spec, "volumes"))
	is_object(volume.csi)
}

deny contains {"path": $"{pod.templatePath}/metadata/labels", "message": "agent hosts get no token of their identity: label azure.workload.identity/use is not \"true\""} if {
	some pod in _pods
	not agentweaver.workload_identity(pod)
}

deny contains {"path": $"{pod.path}/serviceAccountName", "message": $"agent hosts run as service account {account} instead of agentweaver-agent-host"} if {
	some pod in _pods
	account := agentweaver.service_account(pod.spec)
	account != "agentweaver-agent-host"
}

deny contains {"path": $"{entry.path}/env", "message": $"container {entry.name} is not told an https address of the vault in AgentHost__KeyVaultUri"} if {
	count(_pods) > 0
	some entry in pods.containers
	entry.type == "container"
	count([uri |
		some uri in agentweaver.values(entry, "AgentHost__KeyVaultUri")
		regex.match(`^https://[a-z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)/?$`, uri)
	]) == 0
}

_pods := [pod |
	objects.name(input) == "agentweaver-agent-host"
	some pod in pods.specs
]
