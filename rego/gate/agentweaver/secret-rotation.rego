# METADATA
# title: Rotated secrets arrive within two minutes
# description: |
#   The provider class and every pod that mounts it declare a polling interval of two minutes, so that an operator
#   who rotates a secret in the vault knows when the files follow. Without it the interval is whatever the add-on
#   happens to be set to.
# custom:
#   id: agentweaver-secret-rotation
#   severity: medium
#   pack: agentweaver
#   scope: graph
#   kinds: [SecretProviderClass, Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Annotate the SecretProviderClass and the pod template with secrets-store.csi.k8s.io/rotation-poll-interval
#     "2m".
#   references: ["https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation", "agentweaver:I20"]
#   exceptionable: true
package sluice.agentweaver.secret_rotation

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": provider, "path": "/metadata/annotations", "message": $"SecretProviderClass {objects.name(provider)} does not declare the rotation interval 2m"} if {
	some provider in objects.of_kind("SecretProviderClass", "secrets-store.csi.x-k8s.io")
	objects.field(objects.annotations(provider), _key) != "2m"
}

deny contains {"object": template.object, "path": $"{template.templatePath}/metadata/annotations", "message": $"pods of {objects.name(template.object)} mount vault secrets without declaring the rotation interval 2m"} if {
	some template in agentweaver.templates
	count(agentweaver.secret_providers(template)) > 0
	objects.field(template.annotations, _key) != "2m"
}

_key := "secrets-store.csi.k8s.io/rotation-poll-interval"
