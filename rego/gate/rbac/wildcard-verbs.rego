# METADATA
# title: Roles name the verbs they grant
# description: |
#   The verb "*" grants everything that exists today, such as deletecollection, and everything that a later
#   version adds, such as impersonate, bind or a verb of a custom resource. Nobody who reads the role can
#   say what it allows.
# custom:
#   id: rbac-wildcard-verbs
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     List the verbs that the program uses.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.wildcard_verbs

import data.sluice.lib.objects

deny contains {"path": $"/rules/{index}/verbs/{place}", "message": message} if {
	some index, rule in objects.array_of(objects.field(input, "rules"))
	some place, value in objects.array_of(objects.field(rule, "verbs"))
	value == "*"
	message := $"rule {index} grants every verb"
}
