# METADATA
# title: ServiceAccounts bound cluster-wide name their namespace
# description: |
#   A ClusterRoleBinding has no namespace of its own, so a ServiceAccount subject without one is nobody, and
#   the API server refuses the binding. (In a RoleBinding the binding's namespace stands in.)
# custom:
#   id: rbac-subject-namespace
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [ClusterRoleBinding.rbac.authorization.k8s.io]
#   remediation: >-
#     Add the namespace of the ServiceAccount to the subject.
#   references:
#     - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
#   exceptionable: true
package sluice.rbac.subject_namespace

import data.sluice.lib.objects
import data.sluice.lib.rbac

deny contains {"path": $"{entry.path}/namespace", "message": message} if {
	some entry in rbac.subjects
	entry.kind == "ServiceAccount"
	objects.string_of(objects.field(entry.subject, "namespace"), "") == ""
	message := $"ServiceAccount {entry.name} has no namespace, so nobody is bound"
}
