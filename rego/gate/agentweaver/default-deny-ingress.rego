# METADATA
# title: Every pod starts closed, gateways stay open
# description: |
#   The policy default-deny-ingress closes every pod of the platform, so that only what another policy opens can
#   be reached. A pod template without the platform's label escapes it and is open to the whole cluster. The pods
#   of the gateways must escape it, since they take the traffic from outside.
# custom:
#   id: agentweaver-default-deny-ingress
#   severity: critical
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Label the pods app.kubernetes.io/part-of agentweaver, and keep the policy's requirement that
#     gateway.networking.k8s.io/gateway-name does not exist.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-traffic", "agentweaver:N2"]
#   exceptionable: false
package sluice.agentweaver.default_deny_ingress

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects
import data.sluice.lib.selectors

deny contains {"object": template.object, "path": $"{template.templatePath}/metadata/labels", "message": $"default-deny-ingress does not select the pods of {template.kind} {objects.name(template.object)}"} if {
	count(_denials) > 0
	some template in agentweaver.templates
	count([policy |
		some policy in _denials
		objects.namespace(policy) == objects.namespace(template.object)
		selectors.selects(objects.field(objects.spec(policy), "podSelector"), template.labels)
	]) == 0
}

deny contains {"object": policy, "path": "/spec/podSelector", "message": $"default-deny-ingress also closes the pods of the {name}"} if {
	some policy in _denials
	some name in ["gateway", "preview-gateway"]
	name in network.selected(policy)
}

_denials := [policy |
	some policy in network.policies
	objects.name(policy) == "default-deny-ingress"
]
