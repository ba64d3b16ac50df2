# METADATA
# title: Services take over no addresses
# description: |
#   externalIPs makes the nodes accept traffic for any address that the Service names, that of another
#   service or of a public host included: whoever may create it can listen in on others (CVE-2020-8554).
# custom:
#   id: gateway-external-ips
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [Service]
#   remediation: >-
#     Use a load balancer or a gateway with an address of its own.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
#     - https://github.com/kubernetes/kubernetes/issues/97076
#   exceptionable: true
package sluice.gateway.external_ips

import data.sluice.lib.objects

deny contains {"path": "/spec/externalIPs", "message": $"takes over the addresses {list}"} if {
	addresses := objects.array_of(objects.field(objects.spec(input), "externalIPs"))
	count(addresses) > 0
	list := concat(", ", [objects.text(address) | some address in addresses])
}
