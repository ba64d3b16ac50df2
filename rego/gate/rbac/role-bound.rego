# METADATA
# title: Roles are bound to somebody
# description: |
#   A Role that no binding names grants nothing today and everything it lists to whoever binds it tomorrow
#   without reading it. Mostly it is the remainder of a removed feature, or the binding was forgotten and
#   the program is refused.
# custom:
#   id: rbac-role-bound
#   severity: low
#   pack: rbac
#   scope: graph
#   kinds: [Role.rbac.authorization.k8s.io]
#   remediation: >-
#     Remove the Role or add its RoleBinding.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.role_bound

import data.sluice.lib.objects

deny contains {"object": objects.identity(role), "path": "", "message": message} if {
	some role in objects.of_kind("Role", "rbac.authorization.k8s.io")
	name := objects.name(role)
	not concat("/", [objects.namespace(role), name]) in _bound
	message := $"no RoleBinding names Role {name}"
}

_bound contains concat("/", [objects.namespace(binding), binding.roleRef.name]) if {
	some binding in data.inventory.kinds.RoleBinding
	binding.roleRef.kind == "Role"
}
