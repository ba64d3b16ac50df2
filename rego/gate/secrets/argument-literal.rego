# METADATA
# title: Secrets do not stand on command lines
# description: |
#   Arguments stand in the manifest, in the process list of the node and in every crash report. An option
#   whose name says password, token or key and whose value is written out is a published secret.
# custom:
#   id: secrets-argument-literal
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
#     Pass the value by a file or a variable from a Secret: --password=$(DB_PASSWORD), or better
#     --password-file.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.argument_literal

import data.sluice.lib.credentials
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": argument.path, "message": message} if {
	some argument in _arguments
	parts := split(argument.text, "=")
	count(parts) > 1
	credentials.secret_name(parts[0])
	credentials.literal(concat("=", array.slice(parts, 1, count(parts))))
	message := $"container {argument.container} gets {parts[0]} as a literal"
}

deny contains {"path": argument.path, "message": message} if {
	some argument in _arguments
	not contains(argument.text, "=")
	credentials.secret_name(argument.text)
	credentials.literal(argument.next)
	not startswith(argument.next, "-")
	message := $"container {argument.container} gets {argument.text} as a literal"
}

_arguments contains entry if {
	some container in pods.containers
	some field in ["command", "args"]
	list := objects.array_of(objects.field(container.container, field))
	some index, text in list
	is_string(text)
	startswith(text, "-")
	not contains(text, " ")
	entry := {
		"path": $"{container.path}/{field}/{index}",
		"text": text,
		"next": objects.string_of(array.concat(list, [""])[index + 1], ""),
		"container": container.name,
	}
}
