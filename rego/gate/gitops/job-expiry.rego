# METADATA
# title: A synced Job does not delete itself
# description: |
#   A Job with ttlSecondsAfterFinished is gone some time after it is done. To Argo CD it is then missing,
#   and the next sync runs it again; with self-healing that goes round for ever. In a hook it is fine.
# custom:
#   id: gitops-job-expiry
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: [Job.batch]
#   remediation: >-
#     Make the Job a hook with a deletion policy, or remove ttlSecondsAfterFinished.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
#   exceptionable: true
package sluice.gitops.job_expiry

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"path": "/spec/ttlSecondsAfterFinished", "message": message} if {
	seconds := objects.spec(input).ttlSecondsAfterFinished
	not waves.hook_annotation in object.keys(objects.annotations(input))
	not "helm.sh/hook" in object.keys(objects.annotations(input))
	message := $"the Job deletes itself {seconds} s after it is done, and the next sync runs it again"
}
