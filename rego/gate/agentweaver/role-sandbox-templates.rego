# METADATA
# title: Nobody creates sandbox templates or secret providers at run time
# description: |
#   Runs claim pods of the two shared pools; templates, pools and secret providers come from Git alone. Who may
#   create a template chooses the runtime class, the image and the volumes of a pod, and with them leaves the
#   microVM; who may create a secret provider reads any object of the vault.
# custom:
#   id: agentweaver-role-sandbox-templates
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Take secretproviderclasses out of the role and leave get and list (and watch) on sandboxtemplates and
#     sandboxwarmpools.
#   references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/", "agentweaver:I24"]
#   exceptionable: false
package sluice.agentweaver.role_sandbox_templates

import data.sluice.lib.objects

deny contains {"path": $"/rules/{index}/resources/{at}", "message": $"role {objects.name(input)} grants something on secretproviderclasses"} if {
	some index, rule in objects.array_of(objects.field(input, "rules"))
	some at, resource in objects.array_of(objects.field(rule, "resources"))
	resource == "secretproviderclasses"
}

deny contains {"path": $"/rules/{index}/verbs/{at}", "message": $"role {objects.name(input)} may {objects.text(verb)} {concat(" and ", sort(named))}"} if {
	some index, rule in objects.array_of(objects.field(input, "rules"))
	named := {resource |
		some resource in objects.array_of(objects.field(rule, "resources"))
		resource in {"sandboxtemplates", "sandboxwarmpools"}
	}
	count(named) > 0
	some at, verb in objects.array_of(objects.field(rule, "verbs"))
	not verb in {"get", "list", "watch"}
}
