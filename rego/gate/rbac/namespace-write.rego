# METADATA
# title: Roles do not relabel namespaces
# description: |
#   Pod Security, network policies and webhooks choose namespaces by their labels. Whoever may patch a
#   namespace turns enforcement off, or joins the namespace that a policy trusts.
# custom:
#   id: rbac-namespace-write
#   severity: medium
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Remove update and patch, or limit them by resourceNames.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification
#   exceptionable: true
package sluice.rbac.namespace_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"namespaces"}, {"update", "patch"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on all namespaces, hence on the labels that policies trust"
}
