# METADATA
# title: Start-up scripts read files that the vault delivers
# description: |
#   The start-up scripts read the application's secrets from files below /mnt/secrets-store. The CSI driver writes
#   those files only for pods that mount the SecretProviderClass there, and only for the objects it lists;
#   otherwise the container fails at its first line.
# custom:
#   id: agentweaver-secret-files
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate, SecretProviderClass]
#   remediation: >-
#     Mount the SecretProviderClass at /mnt/secrets-store and list a vault object for each file that the script
#     reads.
#   references: ["https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage", "agentweaver:I9"]
#   exceptionable: true
package sluice.agentweaver.secret_files

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": read.object, "path": read.path, "message": $"container {read.container} reads /mnt/secrets-store/{read.file}, but mounts no SecretProviderClass there"} if {
	some read in _reads
	count(read.providers) == 0
}

deny contains {"object": read.object, "path": read.path, "message": $"container {read.container} reads /mnt/secrets-store/{read.file}, which SecretProviderClass {objects.text(provider)} does not deliver"} if {
	some read in _reads
	some provider in read.providers
	not read.file in _delivered(objects.namespace(read.object), provider)
}

_reads := [read |
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
	some field in ["command", "args"]
	some index, text in objects.array_of(objects.field(entry.container, field))
	is_string(text)
	files := {match[1] | some match in regex.find_all_string_submatch_n(`/mnt/secrets-store/([A-Za-z0-9._-]+)`, text, -1)}
	some file in files
	read := {
		"object": template.object,
		"path": $"{entry.path}/{field}/{index}",
		"container": entry.name,
		"file": file,
		"providers": _mounted(template, entry),
	}
]

_mounted(template, entry) := {provider.name |
	some mount in objects.array_of(objects.field(entry.container, "volumeMounts"))
	mount.mountPath in {"/mnt/secrets-store", "/mnt/secrets-store/"}
	some provider in agentweaver.secret_providers(template)
	provider.volume == mount.name
}

_delivered(namespace, name) := {object |
	some provider in objects.of_kind("SecretProviderClass", "secrets-store.csi.x-k8s.io")
	objects.name(provider) == name
	objects.namespace(provider) == namespace
	some object in agentweaver.vault_objects(provider)
}
