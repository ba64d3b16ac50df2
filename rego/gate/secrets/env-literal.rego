# METADATA
# title: Secret variables come from Secrets
# description: |
#   A variable whose name says password, token or key and whose value stands in the manifest. Numbers,
#   switches, paths, URLs and references such as $(NAME) are not judged, nor are values that are the name of
#   a Secret.
# custom:
#   id: secrets-env-literal
#   severity: high
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
#     Use valueFrom.secretKeyRef, or a file mounted from a vault. If the value is no secret, choose a name
#     that does not say so.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#     - https://kubernetes.io/docs/tasks/inject-data-application/distribute-credentials-secure/
#   exceptionable: true
package sluice.secrets.env_literal

import data.sluice.lib.credentials
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/env/{index}/value", "message": message} if {
	some container in pods.containers
	some index, variable in objects.array_of(objects.field(container.container, "env"))
	credentials.secret_name(variable.name)
	credentials.literal(variable.value)
	not variable.value in _secret_names
	message := $"container {container.name} gets {variable.name} as a literal"
}

_secret_names contains objects.name(secret) if some secret in data.inventory.kinds.Secret

_secret_names contains external.name if {
	some external in data.externals
	external.kind == "Secret"
}
