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
#   scope: object
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

deny contains {"path": listener.path, "message": message} if {
	some listener in gateways.listeners(input)
	listener.protocol == "HTTP"
	names := sort(_served(listener))
	count(names) > 0
	list := concat(", ", names)
	message := $"listener {listener.name} serves {list} without TLS"
}

_served(listener) := {name |
	some route in objects.of_kind("HTTPRoute", gateways.api)
	some parent in gateways.parents(route)
	parent.key == objects.full_name(input)
	gateways.means(parent, listener)
	some rule in objects.array_of(objects.field(objects.spec(route), "rules"))
	not _redirects(rule)
	name := concat(" ", ["HTTPRoute", objects.full_name(route)])
}

_redirects(rule) if objects.array_of(rule.filters)[_].type == "RequestRedirect"
