# METADATA
# title: The default ServiceAccount is granted nothing
# description: |
#   Every pod that names no account runs as "default". A role for it is a role for each of them, those that
#   are added later included.
# custom:
#   id: rbac-default-account-subject
#   severity: medium
#   pack: rbac
#   scope: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Create a ServiceAccount for the program and bind that.
#   references:
#     - https://kubernetes.io/docs/concepts/security/service-accounts/
#   exceptionable: true
package sluice.rbac.default_account_subject

import data.sluice.lib.rbac

deny contains {"path": entry.path, "message": message} if {
	some entry in rbac.subjects
	entry.kind == "ServiceAccount"
	entry.name == "default"
	role := rbac.role
	message := $"grants {role} to every pod of the namespace that names no account"
}
