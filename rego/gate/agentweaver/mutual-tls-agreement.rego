# METADATA
# title: Callers and agent hosts agree on mutual TLS
# description: |
#   The agent host serves plain HTTP or mutual TLS as its settings say, and a caller that leaves
#   Sandbox__AgentHost__RequireMtls out dials TLS. When the two differ, every turn fails in the handshake.
# custom:
#   id: agentweaver-mutual-tls-agreement
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [ConfigMap, Deployment]
#   remediation: >-
#     Set Sandbox__AgentHost__RequireMtls of API and worker to AgentHost.RequireMtls of ConfigMap
#     agenthost-config.
#   references: ["agentweaver:I29"]
#   exceptionable: true
package sluice.agentweaver.mutual_tls_agreement

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": entry.object, "path": $"{entry.path}/env", "message": $"container {entry.name} calls agent hosts with mutual TLS {concat(", ", sort(_called(entry)))}, but they serve with {served}"} if {
	some served in _served
	some template in array.concat(agentweaver.api, agentweaver.worker)
	some entry in agentweaver.main_containers(template)
	_called(entry) != {served}
}

_served := {lower(objects.text(served)) |
	some config in objects.of_kind("ConfigMap", "")
	objects.name(config) == "agenthost-config"
	settings := json.unmarshal(config.data["appsettings.k8s.json"])
	served := object.get(objects.object_of(objects.field(settings, "AgentHost")), "RequireMtls", true)
}

_called(entry) := called if {
	called := {lower(objects.text(value)) | some value in agentweaver.values(entry, "Sandbox__AgentHost__RequireMtls")}
	count(called) > 0
} else := {"true"}
