# METADATA
# title: Anonymous callers are granted nothing
# description: |
#   system:anonymous and system:unauthenticated are callers without any credential: whoever reaches the API
#   server's address. A binding to them publishes its role to the network.
# custom:
#   id: rbac-anonymous-subject
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Remove the subject; give the caller a ServiceAccount.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#     - https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
#   exceptionable: true
package sluice.rbac.anonymous_subject

import data.sluice.lib.rbac

deny contains {"path": entry.path, "message": message} if {
	some entry in rbac.subjects
	entry.name in {"system:anonymous", "system:unauthenticated"}
	role := rbac.role
	message := $"grants {role} to {entry.name}, which is anybody without a credential"
}
