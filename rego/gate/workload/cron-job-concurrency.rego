# METADATA
# title: A CronJob says what happens when a run is not over
# description: |
#   By default the next run starts while the last one still runs. A job that once takes longer than its
#   interval piles up until the namespace's quota or the database's connections are used up.
# custom:
#   id: workload-cron-job-concurrency
#   severity: low
#   pack: workload
#   scope: object
#   kinds: [CronJob.batch]
#   remediation: >-
#     Set concurrencyPolicy to Forbid (skip the new run) or Replace (end the old one), or to Allow if runs
#     may overlap.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy
#   exceptionable: true
package sluice.workload.cron_job_concurrency

import data.sluice.lib.objects

deny contains {"path": "/spec/concurrencyPolicy", "message": message} if {
	objects.field(objects.spec(input), "concurrencyPolicy") == null
	message := "the next run starts while the last one still runs, since concurrencyPolicy is left out"
}
