# METADATA
# title: A Job ends some day
# description: |
#   A Job that hangs, or whose pod cannot be scheduled, stays active for ever: its CronJob with Forbid never
#   runs again, and nobody is told. A deadline turns that into a failure that alerts see.
# custom:
#   id: workload-job-deadline
#   severity: low
#   pack: workload
#   scope: object
#   kinds: [Job.batch, CronJob.batch]
#   remediation: >-
#     Set activeDeadlineSeconds above the longest run that is normal.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup
#   exceptionable: true
package sluice.workload.job_deadline

import data.sluice.lib.objects

deny contains {"path": $"{path}/activeDeadlineSeconds", "message": "a run that hangs stays active for ever"} if {
	some [path, job] in _jobs
	objects.field(job, "activeDeadlineSeconds") == null
	objects.field(objects.field(objects.field(job, "template"), "spec"), "activeDeadlineSeconds") == null
}

_jobs contains ["/spec", input.spec] if {
	input.kind == "Job"
	is_object(input.spec)
}

_jobs contains ["/spec/jobTemplate/spec", input.spec.jobTemplate.spec] if {
	input.kind == "CronJob"
	is_object(input.spec.jobTemplate.spec)
}
