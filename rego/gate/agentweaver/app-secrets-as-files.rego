# METADATA
# title: Application secrets come as files, not as environment
# description: |
#   The GitHub client id and secret and the signing key are read from files at start-up. A reference to the
#   synchronized Secret would put them into the pod's environment, where every child process and every crash dump
#   has them, and would keep a second copy in etcd.
# custom:
#   id: agentweaver-app-secrets-as-files
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch, SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
#   remediation: >-
#     Remove the secretKeyRef or secretRef and read the file below /mnt/secrets-store in the start-up script.
#   references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/", "agentweaver:I10"]
#   exceptionable: false
package sluice.agentweaver.app_secrets_as_files

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{variable.path}/valueFrom/secretKeyRef", "message": $"container {entry.name} takes {key} into {variable.name} from a Secret"} if {
	some entry in pods.containers
	some variable in agentweaver.variables(entry)
	key := variable.variable.valueFrom.secretKeyRef.key
	key in {"github-client-id", "github-client-secret", "mcp-oauth-signing-key"}
}

deny contains {"path": $"{entry.path}/envFrom/{index}", "message": $"container {entry.name} takes the whole Secret agentweaver-secrets into its environment"} if {
	some entry in pods.containers
	some index, source in objects.array_of(objects.field(entry.container, "envFrom"))
	source.secretRef.name == "agentweaver-secrets"
}
