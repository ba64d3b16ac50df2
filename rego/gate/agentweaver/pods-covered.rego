# METADATA
# title: A policy governs each direction of every pod
# description: |
#   A pod that no policy selects in a direction may call anything, or be called by anything, in that direction.
#   New workloads and Jobs are what is forgotten most easily, and nothing in the cluster tells.
# custom:
#   id: agentweaver-pods-covered
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Add a NetworkPolicy for the direction that selects the pods, with the flows they need and no others.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation", "agentweaver:N3"]
#   exceptionable: false
package sluice.agentweaver.pods_covered

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects
import data.sluice.lib.selectors

deny contains {"object": template.object, "path": $"{template.templatePath}/metadata/labels", "message": $"no policy governs {direction} of the pods of {template.kind} {objects.name(template.object)}"} if {
	some template in agentweaver.templates
	some direction in ["Ingress", "Egress"]
	count([policy |
		some policy in network.policies
		objects.namespace(policy) == objects.namespace(template.object)
		direction in network.directions(policy)
		selectors.selects(objects.object_of(objects.field(objects.spec(policy), "podSelector")), template.labels)
	]) == 0
}
