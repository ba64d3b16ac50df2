# METADATA
# title: One shared volume holds the workspace
# description: |
#   Worktrees and projects stand on one volume that all replicas, the worker and the sandboxes of both pools write
#   at /workspace. A claim that only one node can mount, another class or another path splits the files of a run
#   over pods that do not see each other.
# custom:
#   id: agentweaver-workspace-volume
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [PersistentVolumeClaim, StorageClass, Deployment, SandboxTemplate]
#   remediation: >-
#     Emit one ReadWriteMany PersistentVolumeClaim of the installation's storage class (azurefile-csi-premium
#     unless it sets another) and mount it at /workspace in the API, the worker and both sandbox templates. A
#     second claim may exist only for the Job that imports an old SQLite database.
#   references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes", "agentweaver:I18"]
#   exceptionable: true
package sluice.agentweaver.workspace_volume

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": "there is no PersistentVolumeClaim agentweaver-workspace"} if {
	not agentweaver.sqlite
	count([claim | some claim in _claims; objects.name(claim) == "agentweaver-workspace"]) == 0
}

deny contains {"object": claim, "path": "", "message": $"PersistentVolumeClaim {objects.name(claim)} is a second place for files"} if {
	not agentweaver.sqlite
	some claim in _claims
	objects.name(claim) != "agentweaver-workspace"
	not objects.name(claim) in _claims_of_jobs
}

deny contains {"object": claim, "path": "/spec/accessModes", "message": $"PersistentVolumeClaim agentweaver-workspace is {objects.text(modes)}, so pods on other nodes cannot mount it"} if {
	some claim in _claims
	objects.name(claim) == "agentweaver-workspace"
	modes := object.get(objects.spec(claim), "accessModes", [])
	modes != ["ReadWriteMany"]
}

deny contains {"object": claim, "path": "/spec/storageClassName", "message": $"PersistentVolumeClaim agentweaver-workspace has storage class {objects.text(class)}, which is not the installation's"} if {
	some claim in _claims
	objects.name(claim) == "agentweaver-workspace"
	class := object.get(objects.spec(claim), "storageClassName", "the cluster's default")
	not class in _classes
}

deny contains {"object": template.object, "path": template.path, "message": $"pods of {objects.name(template.object)} do not mount PersistentVolumeClaim agentweaver-workspace at /workspace"} if {
	not agentweaver.sqlite
	some template in _users
	not _mounts(template)
}

_claims := objects.of_kind("PersistentVolumeClaim", "")

_claims_of_jobs := {volume.persistentVolumeClaim.claimName |
	some template in agentweaver.templates
	template.kind == "Job"
	some volume in objects.array_of(objects.field(template.spec, "volumes"))
}

_classes := {class} if {
	class := agentweaver.parameters.workspace.storageClass
	is_string(class)
} else := {"azurefile-csi-premium"} | {objects.name(class) | some class in objects.of_kind("StorageClass", "storage.k8s.io")}

_users := array.concat(
	array.concat(agentweaver.api, agentweaver.worker),
	array.concat(agentweaver.sandboxes("agentweaver-sandbox"), agentweaver.sandboxes("agentweaver-agent-host")),
)

_mounts(template) if {
	some volume in objects.array_of(objects.field(template.spec, "volumes"))
	volume.persistentVolumeClaim.claimName == "agentweaver-workspace"
	some entry in agentweaver.main_containers(template)
	some mount in objects.array_of(objects.field(entry.container, "volumeMounts"))
	mount.name == volume.name
	mount.mountPath == "/workspace"
}
