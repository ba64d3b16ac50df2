# METADATA
# title: Plain HTTP only redirects
# description: |
#   A listener without TLS that routes requests to backends sends cookies, tokens and answers in clear to
#   whoever is on the way. On such a listener only redirects to HTTPS belong. Listeners to which no route of
#   the input attaches are not judged.
# custom:
#   id: gateway-plain-http
#   severity: medium
#   pack: gateway
#   scope: graph
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Attach the route to the HTTPS listener by sectionName, and give the HTTP listener a route with a
#     RequestRedirect filter.
#   references:
#     - https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
#   exceptionable: true
package sluice.gateway.plain_http

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"object": objects.identity(gateway), "path": listener.path, "message": message} if {
	some gateway in objects.of_kind("Gateway", gateways.api)
	key := objects.full_name(gateway)
	some listener in gateways.listeners(gateway)
	listener.protocol == "HTTP"
	names := sort({name |
		some section in {null, listener.name}
		some port in {null, listener.port}
		some name in object.get(_firsts, json.marshal([key, section, port]), [])
	})
	count(names) > 0
	shown := concat(", ", array.slice(names, 0, 5))
	more := {true: " and more", false: ""}[count(names) > 5]
	message := $"listener {listener.name} serves {shown}{more} without TLS"
}

# One more than a message shows, so that it can tell of more.
_firsts[slot] := array.slice(sort(names), 0, 6) if some slot, names in _served

# Routes that do more than redirect, by what they write to mean a listener.
_served[slot] contains name if {
	some route in objects.of_kind("HTTPRoute", gateways.api)
	some rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	not _redirects(rule)
	name := concat(" ", ["HTTPRoute", objects.full_name(route)])
	some parent in gateways.parents(route)
	slot := json.marshal([parent.key, parent.section, parent.port])
}

_redirects(rule) if objects.array_of(rule.filters)[_].type == "RequestRedirect"
