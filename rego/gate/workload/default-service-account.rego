# METADATA
# title: Pods that use the API have their own ServiceAccount
# description: |
#   The default ServiceAccount is shared by every pod of a namespace that names no other. Whatever is
#   granted to it for one program is granted to all of them, now and later. A pod that asks for a token
#   should be somebody.
# custom:
#   id: workload-default-service-account
#   severity: medium
#   pack: workload
#   scope: object
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Create a ServiceAccount for the workload and name it in serviceAccountName.
#   references:
#     - https://kubernetes.io/docs/concepts/security/service-accounts/
#   exceptionable: true
package sluice.workload.default_service_account

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/serviceAccountName", "message": message} if {
	some pod in pods.specs
	pod.spec.automountServiceAccountToken == true
	objects.string_of(objects.field(pod.spec, "serviceAccountName"), "default") == "default"
	message := "the pod asks for an API token and shares the default ServiceAccount with the whole namespace"
}
