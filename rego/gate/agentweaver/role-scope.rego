# METADATA
# title: The platform's permissions stay in its namespace and off secrets
# description: |
#   The API and the worker claim sandboxes and execute commands in them, and that is all they may do in the
#   cluster. A wildcard, a rule on secrets, a cluster-wide role or another subject turns a flaw in the API into
#   the cluster's keys.
# custom:
#   id: agentweaver-role-scope
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [Role, RoleBinding, ClusterRole, ClusterRoleBinding]
#   remediation: >-
#     Grant named verbs on named resources in a Role, bound to ServiceAccount agentweaver-api alone; no rule on
#     secrets and no ClusterRole or ClusterRoleBinding.
#   references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/", "agentweaver:I23"]
#   exceptionable: false
package sluice.agentweaver.role_scope

import data.sluice.lib.objects

deny contains {"object": manifest, "path": "", "message": $"{kind} {objects.name(manifest)} grants beyond the platform's namespace"} if {
	some kind in ["ClusterRole", "ClusterRoleBinding"]
	some manifest in objects.of_kind(kind, "rbac.authorization.k8s.io")
}

deny contains {"object": role, "path": $"/rules/{index}/{field}", "message": $"Role {objects.name(role)} grants every one of the {field}"} if {
	some role in _roles
	some index, rule in objects.array_of(objects.field(role, "rules"))
	some field in ["apiGroups", "resources", "verbs"]
	"*" in objects.array_of(objects.field(rule, field))
}

deny contains {"object": role, "path": $"/rules/{index}/resources/{at}", "message": $"Role {objects.name(role)} grants something on {resource}"} if {
	some role in _roles
	some index, rule in objects.array_of(objects.field(role, "rules"))
	some at, resource in objects.array_of(objects.field(rule, "resources"))
	regex.match(`^secrets(/|$)`, resource)
}

deny contains {"object": binding, "path": $"/subjects/{index}", "message": $"RoleBinding {objects.name(binding)} grants to {objects.text(objects.field(subject, "kind"))} {objects.text(objects.field(subject, "name"))}, not to ServiceAccount agentweaver-api"} if {
	some binding in objects.of_kind("RoleBinding", "rbac.authorization.k8s.io")
	some index, subject in objects.array_of(objects.field(binding, "subjects"))
	not _api(subject, binding)
}

_roles := objects.of_kind("Role", "rbac.authorization.k8s.io")

_api(subject, binding) if {
	subject.kind == "ServiceAccount"
	subject.name == "agentweaver-api"
	object.get(subject, "namespace", objects.namespace(binding)) == objects.namespace(binding)
}
