# METADATA
# title: Everyone agrees on the agent hosts' port
# description: |
#   An agent host listens on the port of its settings; the template, the network policy and the callers each name
#   it again. The settings are strict JSON, in which a comment stops the host from starting.
# custom:
#   id: agentweaver-agent-host-settings
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [ConfigMap, SandboxTemplate, NetworkPolicy, Deployment]
#   remediation: >-
#     Write one port (8088 unless the installation sets another) into AgentHost.Port of ConfigMap
#     agenthost-config, the containers' port a2a, the policies between them and API or worker, and
#     Sandbox__A2A__Port, keep A2APath /a2a/agent, and write the settings as JSON without comments.
#   references: ["https://www.rfc-editor.org/rfc/rfc8259", "agentweaver:I28"]
#   exceptionable: true
package sluice.agentweaver.agent_host_settings

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"object": config, "path": _key, "message": "the agent hosts' settings are no strict JSON"} if {
	some config in _configs
	not _strict(objects.field(objects.field(config, "data"), "appsettings.k8s.json"))
}

deny contains {"object": config, "path": _key, "message": $"the agent hosts' settings set AgentHost.{name} to {objects.text(value)} instead of {wanted}"} if {
	some config in _configs
	settings := json.unmarshal(config.data["appsettings.k8s.json"])
	some name, wanted in {"Port": agentweaver.a2a_port, "A2APath": "/a2a/agent"}
	value := objects.field(objects.field(settings, "AgentHost"), name)
	value != wanted
}

deny contains {"object": template.object, "path": $"{entry.path}/ports", "message": $"container {entry.name} does not open port {agentweaver.a2a_port} for turns"} if {
	some template in agentweaver.templates
	template.kind == "SandboxTemplate"
	some entry in agentweaver.main_containers(template)
	not agentweaver.a2a_port in {port.containerPort | some port in objects.array_of(objects.field(entry.container, "ports"))}
}

deny contains {"object": policy, "path": range.path, "message": $"{name} opens {range.protocol} {range.first} to {range.last} instead of TCP {agentweaver.a2a_port}"} if {
	some name, direction in _turn_policies
	some policy in network.policies
	objects.name(policy) == name
	some found in network.rules(policy, direction)
	some range in network.ranges(found)
	[range.protocol, range.first, range.last] != ["TCP", agentweaver.a2a_port, agentweaver.a2a_port]
}

deny contains {"object": entry.object, "path": $"{entry.path}/env", "message": $"container {entry.name} does not set Sandbox__A2A__Port to \"{agentweaver.a2a_port}\""} if {
	some template in array.concat(agentweaver.api, agentweaver.worker)
	some entry in agentweaver.main_containers(template)
	agentweaver.values(entry, "Sandbox__A2A__Port") != {$"{agentweaver.a2a_port}"}
}

_strict(text) if {
	is_string(text)
	json.is_valid(text)
}

_turn_policies := {
	"allow-worker-to-agenthost-a2a": "Ingress",
	"allow-api-agenthost-egress": "Egress",
	"allow-worker-agenthost-egress": "Egress",
}

_key := pointer.join("/data", ["appsettings.k8s.json"])

_configs := [config |
	some config in objects.of_kind("ConfigMap", "")
	objects.name(config) == "agenthost-config"
]
