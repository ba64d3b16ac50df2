# METADATA
# title: Peers are joined and separated as meant
# description: |
#   Inside one peer a namespace and a pod selector must both match; two peers are alternatives. The name servers
#   are pods in kube-system, so both selectors stand in one peer, else all of kube-system is reachable. The
#   gateway's pods and the ingress namespace are alternatives; in one peer they match nobody, and the platform is
#   not reachable at all.
# custom:
#   id: agentweaver-policy-peers
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [NetworkPolicy.networking.k8s.io]
#   remediation: >-
#     Put the selectors of kube-dns into one peer, and those of the gateway's pods and of the ingress namespace
#     into two.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors", "agentweaver:N10"]
#   exceptionable: true
package sluice.agentweaver.policy_peers

import data.sluice.lib.agentweaver
import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"path": found.path, "message": $"a peer names namespace kube-system without the pods of kube-dns, so all of kube-system matches"} if {
	some found in _peers
	found.namespace == "kube-system"
	object.get(found.peer, "podSelector", {}) == {}
}

deny contains {"path": found.path, "message": "a peer names the pods of kube-dns without namespace kube-system, so it matches pods of the policy's own namespace"} if {
	some found in _peers
	found.pods["k8s-app"] == "kube-dns"
	object.get(found.peer, "namespaceSelector", null) == null
}

deny contains {"path": found.path, "message": $"a peer asks for the gateway's pods inside namespace {found.namespace}, where there are none"} if {
	some found in _peers
	found.namespace == agentweaver.ingress_namespace
	object.get(found.pods, "gateway.networking.k8s.io/gateway-name", null) != null
}

_peers := [found |
	some direction, field in {"Ingress": "from", "Egress": "to"}
	some entry in network.rules(input, direction)
	some index, peer in objects.array_of(objects.field(entry.rule, field))
	is_object(peer)
	found := {
		"path": $"{entry.path}/{field}/{index}",
		"peer": peer,
		"pods": _labels(peer, "podSelector"),
		"namespace": objects.field(_labels(peer, "namespaceSelector"), "kubernetes.io/metadata.name"),
	}
]

_labels(peer, selector) := objects.object_of(objects.field(objects.field(peer, selector), "matchLabels"))
