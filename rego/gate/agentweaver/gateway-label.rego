# METADATA
# title: Policies name gateways that exist
# description: |
#   The gateway's controller labels its pods with the Gateway's name, and policies let those pods in by that
#   label. When the Gateway is renamed and the policies are not, nothing from outside reaches the platform.
# custom:
#   id: agentweaver-gateway-label
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [NetworkPolicy, Gateway]
#   remediation: >-
#     Use the metadata.name of the Gateway as value of gateway.networking.k8s.io/gateway-name.
#   references: ["https://gateway-api.sigs.k8s.io/geps/gep-1762/", "agentweaver:G7"]
#   exceptionable: true
package sluice.agentweaver.gateway_label

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"object": policy, "path": $"{found.path}/{field}/{index}/podSelector", "message": $"NetworkPolicy {objects.name(policy)} names gateway {objects.text(name)}, which is not there"} if {
	some policy in network.policies
	some direction, field in {"Ingress": "from", "Egress": "to"}
	some found in network.rules(policy, direction)
	some index, peer in objects.array_of(objects.field(found.rule, field))
	name := peer.podSelector.matchLabels["gateway.networking.k8s.io/gateway-name"]
	not name in _gateways
}

_gateways := {objects.name(gateway) | some gateway in objects.of_kind("Gateway", "gateway.networking.k8s.io")}
