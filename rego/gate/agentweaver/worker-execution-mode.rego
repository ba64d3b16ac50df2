# METADATA
# title: The worker runs agents in pods of their own
# description: |
#   With the execution mode pod-per-run the worker sends each agent turn to a pod of the agent-host pool, a Kata
#   microVM. In any other mode child agents run inside the worker itself, next to its database connection and its
#   vault identity.
# custom:
#   id: agentweaver-worker-execution-mode
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Set Sandbox__AgentExecutionMode to pod-per-run in every container of Deployment agentweaver-worker.
#   references: ["agentweaver:I19"]
#   exceptionable: false
package sluice.agentweaver.worker_execution_mode

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/env", "message": $"container {entry.name} of the worker does not set Sandbox__AgentExecutionMode to pod-per-run"} if {
	objects.name(input) == "agentweaver-worker"
	some entry in pods.containers
	entry.type == "container"
	agentweaver.values(entry, "Sandbox__AgentExecutionMode") != {"pod-per-run"}
}
