# METADATA
# title: Roles change only the Secrets they name
# description: |
#   Whoever may change any Secret can replace the certificate of a webhook, the key that signs tokens or the
#   password of a database by one that they know. `create` cannot be limited by name; `update`, `patch` and
#   `delete` can.
# custom:
#   id: rbac-secrets-write
#   severity: medium
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Limit update, patch and delete by resourceNames.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   exceptionable: true
package sluice.rbac.secrets_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"secrets"}, {"update", "patch", "delete", "deletecollection"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on all Secrets"
}
