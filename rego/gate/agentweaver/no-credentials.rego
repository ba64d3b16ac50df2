# METADATA
# title: No credential stands in a manifest
# description: |
#   Manifests go to Git, where a credential stays readable for ever. The platform names the Secrets that others
#   create and emits none itself; nor does any variable, argument, command or ConfigMap hold a password, a GitHub
#   token, a private key, a storage account key or an instrumentation key.
# custom:
#   id: agentweaver-no-credentials
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Remove the value, rotate it, and refer to it by name - a vault object or a Secret that is created outside
#     Git.
#   references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/", "agentweaver:I12"]
#   exceptionable: false
package sluice.agentweaver.no_credentials

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.pointer

deny contains {"path": "", "message": $"Secret {objects.name(input)} is written as a manifest"} if {
	input.kind == "Secret"
	objects.group(input) == ""
}

deny contains {"path": literal.path, "message": $"{literal.what} holds {form}"} if {
	some literal in _literals
	is_string(literal.text)
	some form, pattern in _forms
	regex.match(pattern, literal.text)
}

_literals contains {"path": $"{entry.path}/env/{index}/value", "what": $"a variable of container {entry.name}", "text": variable.value} if {
	some entry in pods.containers
	some index, variable in objects.array_of(objects.field(entry.container, "env"))
}

_literals contains {"path": $"{entry.path}/{field}/{index}", "what": $"the {field} of container {entry.name}", "text": text} if {
	some entry in pods.containers
	some field in ["command", "args"]
	some index, text in objects.array_of(objects.field(entry.container, field))
}

_literals contains {"path": pointer.join("/data", [key]), "what": $"key {key} of ConfigMap {objects.name(input)}", "text": text} if {
	input.kind == "ConfigMap"
	some key, text in objects.object_of(objects.field(input, "data"))
}

_forms := {
	"a password": `(?i)(^|[^a-z])(password|pwd)\s*=\s*[^\s;"'$]`,
	"a GitHub token": `gh[opsur]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}`,
	"a PEM block": `-----BEGIN [A-Z ]+-----`,
	"a storage account key": `AccountKey=[^\s;"'$]`,
	"an instrumentation key": `InstrumentationKey=[^\s;"'$]`,
}
