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
	some index, later in _listeners
	first := min(_by_hostname[_place(later)])
	first < index
	message := $"listener {later.name} conflicts with {_listeners[first].name} on port {later.port}: the same host name"
}

deny contains {"path": later.path, "message": message} if {
	some index, later in _listeners
	later.protocol != "UDP"
	others := [first |
		some first in array.slice(_firsts[json.marshal(later.port)], 0, 2)
		first < index
		_family(_listeners[first].protocol) != _family(later.protocol)
	]
	earlier := _listeners[others[0]]
	fault := $"{earlier.protocol} and {later.protocol} cannot share it"
	message := $"listener {later.name} conflicts with {earlier.name} on port {later.port}: {fault}"
}

deny contains {"path": concat("", [later.path, "/name"]), "message": message} if {
	some index, later in _listeners
	min(_by_name[later.name]) < index
	message := $"another listener is named {later.name}, so no route can tell them apart"
}

_listeners := gateways.listeners(input)

_by_name[listener.name] contains index if some index, listener in _listeners

_by_hostname[_place(listener)] contains index if some index, listener in _listeners

_place(listener) := json.marshal([listener.port, _family(listener.protocol), listener.hostname])

# The first listener of each family of protocols, by port and in order: of the first two, one differs from any listener.
_firsts[port] := sort([min(indexes) | some indexes in families]) if some port, families in _by_family

_by_family[json.marshal(listener.port)][_family(listener.protocol)] contains index if {
	some index, listener in _listeners
	listener.protocol != "UDP"
}

_family(protocol) := "TLS" if protocol == "HTTPS"

else := protocol
