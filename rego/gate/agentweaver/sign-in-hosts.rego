# METADATA
# title: Sign-in and tokens name the public host
# description: |
#   GitHub returns people to the callback address, tokens carry the issuer and the MCP server accepts only tokens
#   of that issuer and audience. All of them name the host of the Gateway; with one of them off, nobody signs in,
#   or the MCP server refuses every token. Sign-in is for members of one organization, so its name must stand
#   wherever GitHub sign-in is configured.
# custom:
#   id: agentweaver-sign-in-hosts
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, Gateway]
#   remediation: >-
#     Derive callback, front-end address, issuer and audience from the Gateway's listener hostname, and set
#     Auth__GitHub__AllowedOrg to the organization.
#   references: ["https://www.rfc-editor.org/rfc/rfc9068", "agentweaver:I15"]
#   exceptionable: true
package sluice.agentweaver.sign_in_hosts

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": entry.object, "path": $"{entry.path}/env", "message": $"container {entry.name} configures GitHub sign-in without Auth__GitHub__AllowedOrg {_organization}, so others could sign in"} if {
	some entry in _containers
	count([variable | some variable in agentweaver.variables(entry); startswith(variable.name, "Auth__GitHub__")]) > 0
	agentweaver.values(entry, "Auth__GitHub__AllowedOrg") != {_organization}
}

deny contains {"object": entry.object, "path": $"{variable.path}/value", "message": $"{variable.name} of container {entry.name} is {objects.text(value)}, not {concat(" or ", sort(wanted))}"} if {
	count(_origins) > 0
	some entry in _containers
	some variable in agentweaver.variables(entry)
	suffix := _addresses[variable.name]
	value := objects.field(variable.variable, "value")
	wanted := {$"{origin}{suffix}" | some origin in _origins}
	not value in wanted
}

_addresses := {
	"Auth__GitHub__CallbackUrl": "/auth/github/callback",
	"Auth__GitHub__FrontendUrl": "/",
	"Auth__OAuth__Issuer": "",
	"Auth__OAuth__Audience": "/mcp",
	"Auth__Mcp__Issuer": "",
	"Auth__Mcp__Audience": "/mcp",
}

# Without a Gateway in the input the API's issuer tells the host, so that the others are still held against it.
_origins := {$"https://{host}" | some host in agentweaver.hosts} if {
	count(agentweaver.hosts) > 0
} else := {issuer |
	some template in agentweaver.api
	some entry in agentweaver.main_containers(template)
	some issuer in agentweaver.values(entry, "Auth__OAuth__Issuer")
	is_string(issuer)
}

_containers := [entry |
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
]

_organization := objects.string_of(objects.field(agentweaver.parameters, "githubOrganization"), "microsoft")
