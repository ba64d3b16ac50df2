# METADATA
# title: Every host name of a route has a listener
# description: |
#   A host name that no listener of the route's Gateways accepts is silently dropped: the route is reported
#   as accepted as long as one other name fits, and users of that name get 404. Routes with a parent outside
#   of the input are not judged.
# custom:
#   id: gateway-hostname-covered
#   severity: high
#   pack: gateway
#   scope: graph
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#   remediation: >-
#     Add a listener for the name to the Gateway, or correct the name in the route.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/httproute/#hostnames
#   exceptionable: true
package sluice.gateway.hostname_covered

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"object": objects.identity(route), "path": $"/spec/hostnames/{index}", "message": message} if {
	some kind in ["HTTPRoute", "GRPCRoute", "TLSRoute"]
	some route in objects.of_kind(kind, gateways.api)
	parents := gateways.parents(route)
	count(parents) > 0
	count(parents) == count(objects.array_of(objects.field(objects.spec(route), "parentRefs")))
	every parent in parents {
		parent.key in _known
	}
	some index, hostname in objects.array_of(objects.field(objects.spec(route), "hostnames"))
	not _covered(parents, lower(hostname))
	message := $"no listener of the route's Gateways accepts {hostname}"
}

_covered(parents, hostname) if {
	some parent in parents
	slot := _slot(parent.key, parent.section, parent.port)
	count(_accepted(hostname) & object.get(_hostnames, slot, set())) > 0
}

_covered(parents, hostname) if {
	startswith(hostname, "*.")
	some parent in parents
	hostname in object.get(_wider, _slot(parent.key, parent.section, parent.port), set())
}

_covered(parents, "") if {
	some parent in parents
	count(object.get(_hostnames, _slot(parent.key, parent.section, parent.port), set())) > 0
}

# Host names of listeners that accept a name: any, the name itself, and the wildcards over it.
_accepted(hostname) := {"", hostname} | _wildcards(hostname)

_wildcards(hostname) := {$"*.{rest}" |
	labels := split(hostname, ".")
	some index, _ in labels
	index > 0
	rest := concat(".", array.slice(labels, index, count(labels)))
}

_known contains objects.full_name(gateway) if some gateway in objects.of_kind("Gateway", gateways.api)

# Host names by what a route may write to mean the listener, so that no route goes through all of them.
_hostnames[slot] contains listener.hostname if {
	some gateway in objects.of_kind("Gateway", gateways.api)
	some listener in gateways.listeners(gateway)
	some section in {null, listener.name}
	some port in {null, listener.port}
	slot := _slot(objects.full_name(gateway), section, port)
}

_wider[slot] contains wildcard if {
	some slot, hostnames in _hostnames
	some hostname in hostnames
	some wildcard in _wildcards(hostname)
}

_slot(key, section, port) := json.marshal([key, section, port])
