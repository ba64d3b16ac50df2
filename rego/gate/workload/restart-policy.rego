# METADATA
# title: The restart policy is one that the kind accepts
# description: |
#   Pods of a Deployment and its like must restart always; pods of a Job must not, and since "Always" is the
#   default a Job has to say so. The API server refuses anything else.
# custom:
#   id: workload-restart-policy
#   severity: high
#   pack: workload
#   scope: object
#   kinds:
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicationController
#     - Job.batch
#     - CronJob.batch
#   remediation: >-
#     Remove restartPolicy from workloads that run for ever; set OnFailure or Never in Jobs.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
#     - https://kubernetes.io/docs/concepts/workloads/controllers/job/
#   exceptionable: true
package sluice.workload.restart_policy

import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/restartPolicy", "message": message} if {
	some pod in pods.specs
	policy := object.get(pod.spec, "restartPolicy", "Always")
	allowed := _allowed[object.get(_family, input.kind, "service")]
	not policy in allowed
	list := concat(" or ", allowed)
	message := $"restartPolicy is {policy}; a {input.kind} accepts {list}"
}

_family := {"Job": "job", "CronJob": "job"}

_allowed := {"service": ["Always"], "job": ["OnFailure", "Never"]}
