# METADATA
# title: Listeners of a Gateway do not conflict
# description: |
#   Two listeners on one port must differ in host name and speak protocols that can share it. Otherwise both
#   are marked as conflicted and neither has to be served. The API server refuses two listeners of one name.
# custom:
#   id: gateway-listener-conflict
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Give the listeners different host names or ports.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/spec/#listener
#   exceptionable: true
package sluice.gateway.listener_conflict

import data.sluice.lib.gateways

deny contains {"path": later.path, "message": message} if {
	listeners := gateways.listeners(input)
	some index, later in listeners
	some earlier in array.slice(listeners, 0, index)
	earlier.port == later.port
	fault := _conflict(earlier, later)
	message := $"listener {later.name} conflicts with {earlier.name} on port {later.port}: {fault}"
}

deny contains {"path": concat("", [later.path, "/name"]), "message": message} if {
	listeners := gateways.listeners(input)
	some index, later in listeners
	later.name in [earlier.name | some earlier in array.slice(listeners, 0, index)]
	message := $"another listener is named {later.name}, so no route can tell them apart"
}

_conflict(one, other) := "the same host name" if {
	_family(one.protocol) == _family(other.protocol)
	one.hostname == other.hostname
}

_conflict(one, other) := $"{one.protocol} and {other.protocol} cannot share it" if {
	_family(one.protocol) != _family(other.protocol)
	not "UDP" in [one.protocol, other.protocol]
}

_family(protocol) := "TLS" if protocol == "HTTPS"

else := protocol
