# METADATA
# title: Roles read only the Secrets they name
# description: |
#   `get` on Secrets without names reads all of them, and `list` and `watch` return their contents as well,
#   whatever the word suggests. Tokens, keys and passwords of everything in the namespace, or with a
#   ClusterRole of the cluster, are then one compromised pod away.
# custom:
#   id: rbac-secrets-read
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Mount the Secret into the pod instead, or grant get with resourceNames.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets
#   exceptionable: true
package sluice.rbac.secrets_read

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"secrets"}, {"get", "list", "watch"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on all Secrets"
}
