# METADATA
# title: Egress by name comes with the DNS rule it needs
# description: |
#   Cilium learns the addresses behind a name from the answers of the name server, and sees them only when a rule
#   with an L7 dns part sends the queries through its proxy. Without that rule in the same policy the names never
#   match, and everything that depends on them is denied.
# custom:
#   id: agentweaver-names-need-dns
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [CiliumNetworkPolicy.cilium.io, CiliumClusterwideNetworkPolicy.cilium.io]
#   remediation: >-
#     Add an egress rule to kube-dns in kube-system, port 53, with rules.dns.
#   references: ["https://docs.cilium.io/en/stable/security/policy/language/#dns-based", "agentweaver:N7"]
#   exceptionable: true
package sluice.agentweaver.names_need_dns

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"path": $"{entry.path}/egress", "message": $"{input.kind} {objects.name(input)} allows names, but sends no queries to kube-dns through the DNS proxy"} if {
	some entry in network.cilium_specs(input)
	rules := objects.array_of(objects.field(entry.spec, "egress"))
	count([rule | some rule in rules; count(objects.array_of(objects.field(rule, "toFQDNs"))) > 0]) > 0
	count([rule | some rule in rules; _dns(rule)]) == 0
}

_dns(rule) if {
	some peer in rule.toEndpoints
	values := {value | some value in peer.matchLabels}
	{"kube-system", "kube-dns"} & values == {"kube-system", "kube-dns"}
	some item in rule.toPorts
	some port in item.ports
	port.port in {"53", 53}
	count(objects.array_of(item.rules.dns)) > 0
}
