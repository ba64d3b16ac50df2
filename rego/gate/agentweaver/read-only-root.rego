# METADATA
# title: Programs write only where the platform lets them
# description: |
#   API, worker, MCP server and the generic sandbox run on a read-only root file system and write to the
#   workspace, to /tmp and, for API and worker, to their logs. A writable root lets an intruder replace the
#   program; another writable mount is a place that nobody watches. Agent hosts keep a writable root, since the
#   tools that agents install need one.
# custom:
#   id: agentweaver-read-only-root
#   severity: medium
#   pack: agentweaver
#   scope: object
#   kinds: [Deployment.apps, SandboxTemplate.extensions.agents.x-k8s.io]
#   remediation: >-
#     Set readOnlyRootFilesystem true, and mount everything but /workspace, /tmp and /app/logs read-only.
#   references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/", "agentweaver:P5"]
#   exceptionable: true
package sluice.agentweaver.read_only_root

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{entry.path}/securityContext/readOnlyRootFilesystem", "message": $"container {entry.name} may write to its root file system"} if {
	count(_writable) > 0
	some entry in pods.containers
	pods.own_security(entry, "readOnlyRootFilesystem") != true
}

deny contains {"path": $"{entry.path}/volumeMounts/{index}", "message": $"container {entry.name} may write to {objects.text(objects.field(mount, "mountPath"))}"} if {
	some writable in _writable
	some entry in pods.containers
	some index, mount in objects.array_of(objects.field(entry.container, "volumeMounts"))
	object.get(mount, "readOnly", false) != true
	not mount.mountPath in writable
}

_writable := {_paths[concat(" ", [input.kind, objects.name(input)])]}

_paths := {
	"Deployment agentweaver-api": {"/workspace", "/tmp", "/app/logs"},
	"Deployment agentweaver-worker": {"/workspace", "/tmp", "/app/logs"},
	"Deployment agentweaver-mcp": {"/tmp"},
	"SandboxTemplate agentweaver-sandbox": {"/workspace", "/tmp"},
}
