# METADATA
# title: Sandbox templates carry nothing of a run
# description: |
#   A warm pod boots before anybody has claimed it and learns its run, its user and the bearer token of the turn
#   from POST /configure. Any of these in the template would be shared by every run and be readable in Git.
# custom:
#   id: agentweaver-sandbox-run-settings
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Remove the variable from the template; the executor delivers it with POST /configure.
#   references: ["agentweaver:I4"]
#   exceptionable: false
package sluice.agentweaver.sandbox_run_settings

import data.sluice.lib.agentweaver
import data.sluice.lib.pods

deny contains {"path": $"{variable.path}/name", "message": $"container {entry.name} sets {variable.name}, which belongs to one run"} if {
	some entry in pods.containers
	some variable in agentweaver.variables(entry)
	lower(variable.name) in _of_a_run
}

_of_a_run := {
	"agenthost__runid",
	"agenthost__userid",
	"agenthost__turnbearertoken",
	"agenthost__kvusersecretname",
}
