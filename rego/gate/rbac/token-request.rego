# METADATA
# title: Roles do not mint tokens for others
# description: |
#   Creating serviceaccounts/token returns a token of that ServiceAccount, hence all its rights. Limited by
#   name it is how a controller acts for one account; without names it is every account of the namespace.
# custom:
#   id: rbac-token-request
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Limit the rule by resourceNames to the ServiceAccounts it is for.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request
#   exceptionable: true
package sluice.rbac.token_request

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"serviceaccounts/token"}, {"create"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on {rule.resources}: the rights of every ServiceAccount"
}
