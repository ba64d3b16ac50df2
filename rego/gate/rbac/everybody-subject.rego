# METADATA
# title: No role goes to everybody
# description: |
#   system:authenticated is every user and every pod of the cluster, and on some clouds everyone with an
#   account of that cloud; system:serviceaccounts is every pod. A role for them is a role for whatever runs
#   here next.
# custom:
#   id: rbac-everybody-subject
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Bind the ServiceAccounts or groups that need it, or system:serviceaccounts:NAMESPACE for one
#     namespace.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   exceptionable: true
package sluice.rbac.everybody_subject

import data.sluice.lib.rbac

deny contains {"path": entry.path, "message": message} if {
	some entry in rbac.subjects
	entry.kind == "Group"
	who := _everybody[entry.name]
	role := rbac.role
	message := $"grants {role} to {entry.name}, which is {who}"
}

_everybody := {
	"system:authenticated": "everybody with any credential",
	"system:serviceaccounts": "every pod of the cluster",
}
