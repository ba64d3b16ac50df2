# METADATA
# title: A changed Job can be synced
# description: |
#   The pod template of a Job cannot be changed. The first sync with a new image fails, unless the Job is a
#   hook, is replaced by force, or gets a new name with each version.
# custom:
#   id: gitops-job-replaceable
#   severity: low
#   pack: gitops
#   scope: object
#   kinds: [Job.batch]
#   remediation: >-
#     Make the Job a hook with deletion policy BeforeHookCreation, or add the annotation
#     argocd.argoproj.io/sync-options: Force=true,Replace=true.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
#   exceptionable: true
package sluice.gitops.job_replaceable

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"path": "/spec/template", "message": "a change of this template, such as a new image, cannot be applied to the Job that is there"} if {
	objects.name(input) != ""
	annotations := objects.annotations(input)
	not waves.hook_annotation in object.keys(annotations)
	not "helm.sh/hook" in object.keys(annotations)
	options := object.get(annotations, "argocd.argoproj.io/sync-options", "")
	not contains(options, "Replace=true")
	not object.get(annotations, "kustomize.toolkit.fluxcd.io/force", "") in {"enabled", "Enabled"}
}
