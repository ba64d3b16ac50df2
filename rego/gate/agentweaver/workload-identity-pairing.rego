# METADATA
# title: Identity label and service account agree
# description: |
#   Azure workload identity needs both halves. A labelled pod whose service account has no client id cannot
#   exchange its token; a pod of an annotated account without the label gets no token at all, and fails only when
#   it first calls Azure.
# custom:
#   id: agentweaver-workload-identity-pairing
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate, ServiceAccount]
#   remediation: >-
#     Label the pod azure.workload.identity/use "true" when its service account carries
#     azure.workload.identity/client-id, and only then.
#   references: ["https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html", "agentweaver:I7"]
#   exceptionable: false
package sluice.agentweaver.workload_identity_pairing

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": template.object, "path": $"{template.path}/serviceAccountName", "message": $"pods of {objects.name(template.object)} are labelled for workload identity, but service account {account} has no client id"} if {
	some template in agentweaver.templates
	agentweaver.workload_identity(template)
	account := agentweaver.service_account(template.spec)
	not [objects.namespace(template.object), account] in _annotated
}

deny contains {"object": template.object, "path": $"{template.templatePath}/metadata/labels", "message": $"pods of {objects.name(template.object)} run as {account}, which has an Azure identity, without label azure.workload.identity/use \"true\""} if {
	some template in agentweaver.templates
	not agentweaver.workload_identity(template)
	account := agentweaver.service_account(template.spec)
	[objects.namespace(template.object), account] in _annotated
}

_annotated := {[objects.namespace(account), objects.name(account)] |
	some account in objects.of_kind("ServiceAccount", "")
	id := objects.annotations(account)["azure.workload.identity/client-id"]
	is_string(id)
	id != ""
}
