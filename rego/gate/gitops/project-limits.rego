# METADATA
# title: Projects limit what applications may do
# description: |
#   A wildcard in an AppProject allows its applications every repository, every namespace or every
#   cluster-scoped kind. Whoever may push to one repository of the project is then administrator of the
#   cluster.
# custom:
#   id: gitops-project-limits
#   severity: high
#   pack: gitops
#   scope: object
#   kinds: [AppProject.argoproj.io]
#   remediation: >-
#     List the repositories, the destination namespaces and the cluster-scoped kinds that the project
#     needs.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
#   exceptionable: true
package sluice.gitops.project_limits

import data.sluice.lib.objects

deny contains {"path": $"/spec/sourceRepos/{index}", "message": "allows every repository"} if {
	some index, repository in objects.array_of(objects.field(objects.spec(input), "sourceRepos"))
	repository == "*"
}

deny contains {"path": $"/spec/destinations/{index}/namespace", "message": message} if {
	some index, destination in objects.array_of(objects.field(objects.spec(input), "destinations"))
	destination.namespace == "*"
	cluster := objects.string_of(object.get(destination, "name", object.get(destination, "server", "")), "its cluster")
	message := $"allows every namespace of {cluster}"
}

deny contains {"path": $"/spec/clusterResourceWhitelist/{index}", "message": "allows every cluster-scoped kind"} if {
	some index, allowed in objects.array_of(objects.field(objects.spec(input), "clusterResourceWhitelist"))
	allowed.kind == "*"
	allowed.group == "*"
}
