# METADATA
# title: Roles do not write roles and bindings
# description: |
#   The API server stops a role from granting more than its holder has, but not from handing what it has to
#   anybody, and from deleting the roles that keep others working. A controller that needs this is as strong
#   as the strongest role it may bind.
# custom:
#   id: rbac-rbac-write
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Let the GitOps repository own roles and bindings; limit the rest by resourceNames.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   exceptionable: true
package sluice.rbac.rbac_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("rbac.authorization.k8s.io", {"roles", "clusterroles", "rolebindings", "clusterrolebindings"}, {"create", "update", "patch", "delete"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on {rule.resources}"
}
