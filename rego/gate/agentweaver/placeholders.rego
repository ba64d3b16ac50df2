# METADATA
# title: No install placeholder is left, and the scripts keep theirs
# description: |
#   A value such as ${HOST} that reached the manifest was meant to be filled in before; the API server takes it as
#   it stands and the platform fails at run time. The start-up scripts of API and worker, on the other hand, must
#   keep ${GitHub__ClientId} and ${GitHub__ClientSecret} for the shell - a substitution that eats them signs
#   nobody in.
# custom:
#   id: agentweaver-placeholders
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Fill in the value from the environment file, or restore the shell variable in the start-up script.
#   references: ["agentweaver:I27"]
#   exceptionable: true
package sluice.agentweaver.placeholders

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.pointer

deny contains {"path": pointer.join("", path), "message": $"placeholder {match[0]} is not filled in"} if {
	walk(input, [path, value])
	is_string(value)
	some match in regex.find_all_string_submatch_n(`\$\{[A-Z0-9_]+\}`, value, -1)
}

deny contains {"path": $"{entry.path}/command", "message": $"the start-up script of container {entry.name} has lost {variable}"} if {
	objects.name(input) in {"agentweaver-api", "agentweaver-worker"}
	input.kind == "Deployment"
	some entry in pods.containers
	entry.type == "container"
	some variable in ["${GitHub__ClientId}", "${GitHub__ClientSecret}"]
	script := concat("\n", [text |
		some field in ["command", "args"]
		some text in objects.array_of(objects.field(entry.container, field))
		is_string(text)
	])
	not contains(script, variable)
}
