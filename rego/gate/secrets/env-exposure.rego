# METADATA
# title: Secrets are read from files rather than variables
# description: |
#   A variable is inherited by every child process and printed by crash reports and debug pages; a file is
#   read by the program that wants it, and follows a rotated Secret without a restart.
# custom:
#   id: secrets-env-exposure
#   severity: info
#   pack: secrets
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
#     Mount the Secret as a volume where the program can read a file.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.env_exposure

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/env/{index}", "message": message} if {
	some container in pods.containers
	some index, variable in objects.array_of(objects.field(container.container, "env"))
	secret := variable.valueFrom.secretKeyRef.name
	name := objects.string_of(objects.field(variable, "name"), $"number {index}")
	message := $"container {container.name} gets a value of Secret {secret} as variable {name}"
}

deny contains {"path": $"{container.path}/envFrom/{index}", "message": message} if {
	some container in pods.containers
	some index, source in objects.array_of(objects.field(container.container, "envFrom"))
	secret := source.secretRef.name
	message := $"container {container.name} gets all of Secret {secret} as variables"
}
