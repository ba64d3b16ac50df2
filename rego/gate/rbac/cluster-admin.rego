# METADATA
# title: Nobody is bound to cluster-admin
# description: |
#   cluster-admin is every right on every object. Programs never need it; people get it for a limited time
#   by their identity provider, not by a manifest that stays.
# custom:
#   id: rbac-cluster-admin
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Bind a role with the rights that are used.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
#   exceptionable: true
package sluice.rbac.cluster_admin

import data.sluice.lib.rbac

deny contains {"path": "/roleRef/name", "message": message} if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	names := concat(", ", sort([$"{entry.kind} {entry.name}" | some entry in rbac.subjects]))
	message := $"binds cluster-admin to {names}"
}
