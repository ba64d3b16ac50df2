# METADATA
# title: Roles that are bound exist
# description: |
#   A binding to a role that does not exist grants nothing, and is accepted without a word: the program is
#   refused at run time. Whoever may create a role of that name later decides what is granted.
# custom:
#   id: references-role
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Correct the name or kind in roleRef, or add the role. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
#   exceptionable: true
package sluice.references.role

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"role"})
