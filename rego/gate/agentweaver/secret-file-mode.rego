# METADATA
# title: Secret files are readable by their owner alone
# description: |
#   The private keys of the turn channel are mounted with mode 0400. Left out, the mode is 0644, readable by every
#   process of the pod. The mode is written as the number 256 since readers of YAML disagree on 0400, which some
#   take for four hundred.
# custom:
#   id: agentweaver-secret-file-mode
#   severity: medium
#   pack: agentweaver
#   scope: object
#   kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps, ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch, SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
#   remediation: >-
#     Set defaultMode of the Secret volume to 256.
#   references: ["https://kubernetes.io/docs/concepts/configuration/secret/", "agentweaver:I31"]
#   exceptionable: true
package sluice.agentweaver.secret_file_mode

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{pod.path}/volumes/{index}/secret/defaultMode", "message": $"volume {objects.text(objects.field(volume, "name"))} mounts its Secret with mode {objects.text(mode)} instead of 256 (octal 0400)"} if {
	some pod in pods.specs
	some index, volume in objects.array_of(objects.field(pod.spec, "volumes"))
	is_object(objects.field(volume, "secret"))
	mode := object.get(volume.secret, "defaultMode", "420 (octal 0644)")
	mode != 256
}
