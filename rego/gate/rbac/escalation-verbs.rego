# METADATA
# title: Roles cannot raise their own rights
# description: |
#   `escalate` lets its holder write a role with rights it does not have, `bind` lets it bind itself to any
#   role, and `impersonate` lets it act as anybody, cluster administrators included. Each is cluster-admin
#   by another name.
# custom:
#   id: rbac-escalation-verbs
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Remove the verb; an operator that must create roles should be limited by resourceNames to the roles
#     it may bind.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb
#     - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
#   exceptionable: true
package sluice.rbac.escalation_verbs

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.rules
	some verb in rule.verbs
	some resource in rule.resources
	resource in _resources[verb]
	count(rule.names) == 0
	message := $"grants {verb} on {resource}, which makes its holder whatever it wants to be"
}

_resources := {
	"escalate": {"roles", "clusterroles"},
	"bind": {"roles", "clusterroles"},
	"impersonate": {"users", "groups", "serviceaccounts", "uids", "userextras"},
}
