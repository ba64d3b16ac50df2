# METADATA
# title: Applications belong to a project of their own
# description: |
#   The project "default" allows every repository, cluster, namespace and kind. An Application in it can
#   apply anything anywhere, with the rights of Argo CD itself.
# custom:
#   id: gitops-application-project
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: [Application.argoproj.io]
#   remediation: >-
#     Create an AppProject with the repositories, destinations and kinds that are needed, and name it in
#     spec.project.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
#   exceptionable: true
package sluice.gitops.application_project

import data.sluice.lib.objects

deny contains {"path": "/spec/project", "message": "project default allows every repository, cluster and kind"} if {
	objects.string_of(objects.field(objects.spec(input), "project"), "default") == "default"
}
