# METADATA
# title: Roles name the resources they grant
# description: |
#   The resource "*" includes Secrets, and the subresources "*/*" include exec into pods and the tokens of
#   every ServiceAccount. A resource that is installed later is granted unseen.
# custom:
#   id: rbac-wildcard-resources
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     List the resources that the program uses; subresources such as pods/log one by one.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.wildcard_resources

import data.sluice.lib.objects

deny contains {"path": $"/rules/{index}/resources/{place}", "message": message} if {
	some index, rule in objects.array_of(objects.field(input, "rules"))
	some place, value in objects.array_of(objects.field(rule, "resources"))
	contains(value, "*")
	message := $"rule {index} grants resource {value}"
}
