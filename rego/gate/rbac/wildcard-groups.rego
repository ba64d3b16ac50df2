# METADATA
# title: Roles name the API groups they grant
# description: |
#   With API group "*" a resource name means that resource in every group, so a rule for "clusters" also
#   covers any custom resource of that name that is installed later.
# custom:
#   id: rbac-wildcard-groups
#   severity: medium
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Name the API groups; the core group is the empty string.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.wildcard_groups

import data.sluice.lib.objects

deny contains {"path": $"/rules/{index}/apiGroups/{place}", "message": message} if {
	some index, rule in objects.array_of(objects.field(input, "rules"))
	some place, value in objects.array_of(objects.field(rule, "apiGroups"))
	value == "*"
	message := $"rule {index} covers every API group"
}
