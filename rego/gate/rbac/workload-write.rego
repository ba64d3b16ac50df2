# METADATA
# title: Cluster roles do not create pods everywhere
# description: |
#   Whoever may create a pod in a namespace can mount each of its Secrets and run as each of its
#   ServiceAccounts. A ClusterRole that may do so, bound cluster-wide, holds every credential of the
#   cluster.
# custom:
#   id: rbac-workload-write
#   severity: medium
#   pack: rbac
#   scope: object
#   kinds: [ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Use a Role in each namespace where the controller works, or bind the ClusterRole by RoleBindings
#     only.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
#   exceptionable: true
package sluice.rbac.workload_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some group, resources in {
		"": {"pods", "podtemplates", "replicationcontrollers"},
		"apps": {"deployments", "statefulsets", "daemonsets", "replicasets"},
		"batch": {"jobs", "cronjobs"},
	}
	some rule in rbac.granting(group, resources, {"create", "update", "patch"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on {rule.resources} of whatever namespace it is bound in"
}
