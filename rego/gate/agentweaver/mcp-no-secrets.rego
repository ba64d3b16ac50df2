# METADATA
# title: The MCP server holds no secret
# description: |
#   The MCP server forwards the caller's own bearer token and verifies it against the API's public keys. It is
#   reachable by every agent, so a secret, key or volume in it would be the easiest one to steal, and would serve
#   nothing.
# custom:
#   id: agentweaver-mcp-no-secrets
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Remove the volume, the Secret reference or the literal from Deployment agentweaver-mcp.
#   references: ["agentweaver:I11"]
#   exceptionable: false
package sluice.agentweaver.mcp_no_secrets

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes", "message": $"the MCP server mounts {count(volumes)} volumes"} if {
	objects.name(input) == "agentweaver-mcp"
	some pod in pods.specs
	volumes := objects.array_of(objects.field(pod.spec, "volumes"))
	count(volumes) > 0
}

deny contains {"path": variable.path, "message": $"the MCP server takes {variable.name} from a Secret"} if {
	some variable in _variables
	is_object(variable.variable.valueFrom.secretKeyRef)
}

deny contains {"path": variable.path, "message": $"the MCP server has a literal in {variable.name}"} if {
	some variable in _variables
	object.get(variable.variable, "value", "") != ""
	regex.match(`(?i)key|token|secret|password`, variable.name)
}

deny contains {"path": $"{entry.path}/envFrom/{index}", "message": "the MCP server takes a whole Secret into its environment"} if {
	objects.name(input) == "agentweaver-mcp"
	some entry in pods.containers
	some index, source in objects.array_of(objects.field(entry.container, "envFrom"))
	is_object(source.secretRef)
}

_variables := [variable |
	objects.name(input) == "agentweaver-mcp"
	some entry in pods.containers
	some variable in agentweaver.variables(entry)
]
