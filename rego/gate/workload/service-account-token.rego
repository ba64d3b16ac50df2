# METADATA
# title: Pods mount no token that nobody granted anything
# description: |
#   Kubernetes mounts a token of the pod's ServiceAccount into every container unless told not to. Where the
#   account is granted nothing, the token only helps an intruder to talk to the API server as somebody. This
#   rule fires when neither the pod nor its ServiceAccount decides and no binding of the input names the
#   account.
# custom:
#   id: workload-service-account-token
#   severity: medium
#   pack: workload
#   scope: graph
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
#     Set automountServiceAccountToken: false on the pod or the ServiceAccount; if the program uses the
#     API, set it to true and bind a Role.
#   references:
#     - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
#   exceptionable: true
package sluice.workload.service_account_token

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"object": objects.identity(manifest), "path": path, "message": message} if {
	some manifest in pods.workloads
	some pod in pods.specs_of(manifest)
	not is_boolean(objects.field(pod.spec, "automountServiceAccountToken"))
	account := objects.string_of(objects.field(pod.spec, "serviceAccountName"), "default")
	key := concat("/", [objects.namespace(manifest), account])
	_known(account, key)
	not key in _decided
	not key in _granted
	path := concat("", [pod.path, "/automountServiceAccountToken"])
	message := $"the pod mounts a token of ServiceAccount {account}, which is granted nothing here"
}

# Of an account that stands elsewhere, nobody here knows what it decides or is granted.
_known("default", _)

_known(_, key) if key in _accounts

_accounts contains concat("/", [objects.namespace(account), objects.name(account)]) if {
	some account in data.inventory.kinds.ServiceAccount
}

_decided contains concat("/", [objects.namespace(account), objects.name(account)]) if {
	some account in data.inventory.kinds.ServiceAccount
	is_boolean(objects.field(account, "automountServiceAccountToken"))
}

_granted contains concat("/", [namespace, subject.name]) if {
	some kind in ["RoleBinding", "ClusterRoleBinding"]
	some binding in data.inventory.kinds[kind]
	some subject in objects.array_of(objects.field(binding, "subjects"))
	subject.kind == "ServiceAccount"
	namespace := objects.string_of(objects.field(subject, "namespace"), objects.namespace(binding))
}
