# METADATA
# title: API and worker share one Postgres and migrate it first
# description: |
#   Both tiers keep their state in one Postgres, through two connection strings of one Secret, and an init
#   container of the same image migrates the schema before the program starts. Another image migrates to another
#   schema; a missing connection string makes a tier fall back to a file that nobody else sees.
# custom:
#   id: agentweaver-postgres-wiring
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment]
#   remediation: >-
#     Set Database__Provider Postgres and take ConnectionStrings__Postgres and ConnectionStrings__MemoryDb from
#     key connectionstring of Secret agentweaver-postgres, in the main container and in an init container of the
#     same image that runs /app/efbundle.
#   references: ["https://kubernetes.io/docs/concepts/workloads/pods/init-containers/", "agentweaver:I16"]
#   exceptionable: true
package sluice.agentweaver.postgres_wiring

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": entry.object, "path": $"{entry.path}/env", "message": $"container {entry.name} does not set Database__Provider to Postgres"} if {
	some template in _tiers
	some entry in _judged(template)
	agentweaver.values(entry, "Database__Provider") != {"Postgres"}
}

deny contains {"object": entry.object, "path": $"{entry.path}/env", "message": $"container {entry.name} does not take {name} from key connectionstring of Secret agentweaver-postgres"} if {
	some template in _tiers
	some entry in _judged(template)
	some name in ["ConnectionStrings__MemoryDb", "ConnectionStrings__Postgres"]
	agentweaver.secret_keys(entry, name) != {{"name": "agentweaver-postgres", "key": "connectionstring"}}
}

deny contains {"object": template.object, "path": $"{template.path}/initContainers", "message": $"{objects.name(template.object)} starts without an init container that migrates the schema with /app/efbundle"} if {
	some template in _tiers
	count(_migrations(template)) == 0
}

deny contains {"object": migration.object, "path": $"{migration.path}/image", "message": $"init container {migration.name} migrates with {migration.image}, but the program runs {main.image}"} if {
	some template in _tiers
	some migration in _migrations(template)
	some main in agentweaver.main_containers(template)
	main.image != migration.image
}

_tiers := [template |
	not agentweaver.sqlite
	some template in array.concat(agentweaver.api, agentweaver.worker)
]

_judged(template) := array.concat(agentweaver.main_containers(template), _migrations(template))

_migrations(template) := [entry |
	some entry in agentweaver.containers(template)
	entry.type == "init"
	entry.container.command[0] == "/app/efbundle"
]
