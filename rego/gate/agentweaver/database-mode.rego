# METADATA
# title: Replicas and roll-out follow the database
# description: |
#   With Postgres the API runs two replicas that roll one by one. With SQLite its state is a file of one pod - two
#   writers corrupt it, so it runs once, is replaced and not rolled, keeps its workspace in an emptyDir that goes
#   with it, and there is no worker, which could not share the file.
# custom:
#   id: agentweaver-database-mode
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, PersistentVolumeClaim]
#   remediation: >-
#     With Postgres set replicas 2 and strategy RollingUpdate. With Database__Provider Sqlite set replicas 1,
#     strategy Recreate and an emptyDir for the workspace, and leave out the worker and the PersistentVolumeClaim.
#   references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy", "agentweaver:I17"]
#   exceptionable: true
package sluice.agentweaver.database_mode

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": template.object, "path": "/spec/replicas", "message": $"the API runs {objects.text(replicas)} replicas; with {_mode} it runs {_wanted.replicas}"} if {
	some template in agentweaver.api
	replicas := object.get(objects.spec(template.object), "replicas", 1)
	replicas != _wanted.replicas
}

deny contains {"object": template.object, "path": "/spec/strategy/type", "message": $"the API is updated by {objects.text(strategy)}; with {_mode} it is {_wanted.strategy}"} if {
	some template in agentweaver.api
	strategy := object.get(objects.object_of(objects.field(objects.spec(template.object), "strategy")), "type", "RollingUpdate")
	strategy != _wanted.strategy
}

deny contains {"object": template.object, "path": $"{template.path}/volumes/{index}", "message": "the workspace is no emptyDir, though the API keeps its state with SQLite"} if {
	agentweaver.sqlite
	some template in agentweaver.api
	some index, volume in objects.array_of(objects.field(template.spec, "volumes"))
	volume.name == "workspace"
	not is_object(objects.field(volume, "emptyDir"))
}

deny contains {"object": claim, "path": "", "message": $"PersistentVolumeClaim {objects.name(claim)} serves nobody, since the API keeps its state with SQLite"} if {
	agentweaver.sqlite
	some claim in objects.of_kind("PersistentVolumeClaim", "")
}

deny contains {"object": template.object, "path": "", "message": "the worker cannot share the SQLite file of the API"} if {
	agentweaver.sqlite
	some template in agentweaver.worker
}

_mode := "SQLite" if {
	agentweaver.sqlite
} else := "Postgres"

_wanted := {"replicas": 1, "strategy": "Recreate"} if {
	agentweaver.sqlite
} else := {"replicas": 2, "strategy": "RollingUpdate"}
