# METADATA
# title: Environment refers only to declared Secrets
# description: |
#   The Secrets that pods read are made elsewhere, so the platform keeps a list of them. A reference that is not
#   on the list points at a Secret that nobody creates, or at one that nobody reviewed. The synchronized Secret
#   agentweaver-secrets may be read for the Application Insights connection string alone.
# custom:
#   id: agentweaver-declared-secrets
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Refer to agentweaver-postgres, or declare the Secret as an external of the platform with the reason why it
#     is made elsewhere.
#   references: ["agentweaver:I13"]
#   exceptionable: false
package sluice.agentweaver.declared_secrets

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": found.object, "path": $"{found.path}/valueFrom/secretKeyRef/name", "message": $"container {found.container} reads {found.variable} from Secret {objects.text(found.secret)}, which is not declared"} if {
	some found in _references
	found.secret != "agentweaver-secrets"
	not _declared(found)
}

deny contains {"object": found.object, "path": $"{found.path}/valueFrom/secretKeyRef/key", "message": $"container {found.container} reads {objects.text(found.key)} from Secret agentweaver-secrets, which serves Application Insights only"} if {
	some found in _references
	found.secret == "agentweaver-secrets"
	found.key != "appinsights-connection-string"
}

_references := [found |
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
	some variable in agentweaver.variables(entry)
	reference := variable.variable.valueFrom.secretKeyRef
	found := {
		"object": template.object,
		"path": variable.path,
		"container": entry.name,
		"variable": variable.name,
		"secret": objects.field(reference, "name"),
		"key": objects.field(reference, "key"),
	}
]

_declared(found) if {
	some external in _externals
	external.name == found.secret
	object.get(external, "namespace", objects.namespace(found.object)) == objects.namespace(found.object)
}

_declared(found) if {
	count(_externals) == 0
	found.secret == "agentweaver-postgres"
}

_externals := [external |
	some external in data.externals
	external.kind == "Secret"
]
