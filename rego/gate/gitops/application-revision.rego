# METADATA
# title: Applications say which revision they follow
# description: |
#   An Application without targetRevision, or with HEAD, follows whatever the default branch of the
#   repository is called and holds. Two environments of one repository then cannot be promoted one after the
#   other.
# custom:
#   id: gitops-application-revision
#   severity: low
#   pack: gitops
#   scope: object
#   kinds: [Application.argoproj.io]
#   remediation: >-
#     Set targetRevision to a branch, a tag or a commit; for a Helm chart to a version.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
#   exceptionable: true
package sluice.gitops.application_revision

import data.sluice.lib.objects

deny contains {"path": $"{source.path}/targetRevision", "message": "follows whatever the default branch holds"} if {
	some source in _sources
	objects.string_of(objects.field(source.source, "targetRevision"), "HEAD") == "HEAD"
}

_sources contains {"path": "/spec/source", "source": objects.spec(input).source} if is_object(objects.spec(input).source)

_sources contains {"path": $"/spec/sources/{index}", "source": source} if {
	some index, source in objects.array_of(objects.spec(input).sources)
	is_object(source)
}
