# METADATA
# title: Variables refer to variables that are set before them
# description: |
#   Kubernetes replaces $(NAME) in a variable's value by a variable defined earlier in the same list. A name
#   that is misspelt, or defined later, is not replaced: the program gets the text "$(NAME)". Names from
#   envFrom and the variables of Services cannot be known here and are not judged.
# custom:
#   id: workload-env-reference
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
#     Define the variable before it is used, correct its name, or write $$(NAME) if the text is meant.
#   references:
#     - https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
#   exceptionable: true
package sluice.workload.env_reference

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/env/{index}/value", "message": message} if {
	some container in pods.containers
	count(objects.array_of(objects.field(container.container, "envFrom"))) == 0
	variables := objects.array_of(objects.field(container.container, "env"))
	some index, variable in variables
	some name in _references(variable.value)
	not name in {earlier.name | some earlier in array.slice(variables, 0, index)}
	shown := objects.string_of(objects.field(variable, "name"), "a variable")
	message := $"container {container.name} uses $({name}) in {shown}, and no variable of that name stands before it"
}

_references(value) := {name |
	pieces := split(value, "$(")
	some number, piece in pieces
	number > 0
	not endswith(pieces[number - 1], "$")
	end := indexof(piece, ")")
	end > 0
	name := substring(piece, 0, end)
	trim(upper(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == ""
	_like_variable(name)
	not contains(name, "_SERVICE_")
	not contains(name, "_PORT")
}

# In a script $(hostname) is a command.
_like_variable(name) if lower(name) != name

_like_variable(name) if contains(name, "_")
