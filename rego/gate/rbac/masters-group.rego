# METADATA
# title: Nobody is bound as system:masters
# description: |
#   Members of system:masters pass every check; RBAC is not asked. A binding that names the group is either
#   without effect or the sign of a certificate that should not exist.
# custom:
#   id: rbac-masters-group
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Name a group of your identity provider.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.masters_group

import data.sluice.lib.rbac

deny contains {"path": entry.path, "message": message} if {
	some entry in rbac.subjects
	entry.kind == "Group"
	entry.name == "system:masters"
	message := $"binds {role} to system:masters, whose members pass every check anyway"
}

role := rbac.role
