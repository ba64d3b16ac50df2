# METADATA
# title: Routes say for which host they are
# description: |
#   A route without host names on a listener without one answers for every name that points at the Gateway,
#   those of other teams and of attackers included, which makes cache poisoning and cookie mix-ups possible.
#   Routes whose Gateway is not in the input are not judged.
# custom:
#   id: gateway-host-named
#   severity: low
#   pack: gateway
#   scope: object
#   kinds: [HTTPRoute.gateway.networking.k8s.io, GRPCRoute.gateway.networking.k8s.io]
#   remediation: >-
#     List the hostnames in the route, or give the listener a hostname.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/httproute/#hostnames
#   exceptionable: true
package sluice.gateway.host_named

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"path": "/spec/hostnames", "message": message} if {
	count(objects.array_of(objects.field(objects.spec(input), "hostnames"))) == 0
	some parent in gateways.parents(input)
	some gateway in gateways.with_key(parent.key)
	some listener in gateways.listeners(gateway)
	gateways.means(parent, listener)
	listener.protocol in {"HTTP", "HTTPS"}
	listener.hostname == ""
	count(_redirects) == 0
	message := $"answers for every host name that reaches listener {listener.name} of Gateway {parent.key}"
}

_redirects := {filter |
	some filter in _filters
	filter.type == "RequestRedirect"
}

_filters := [filter |
	some rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	some filter in objects.array_of(objects.field(rule, "filters"))
]
