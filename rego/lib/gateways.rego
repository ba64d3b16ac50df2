# METADATA
# title: Gateways
# description: Gateways, their listeners and the routes that attach to them, as Gateway API v1 defines it.
# related_resources:
#   - https://gateway-api.sigs.k8s.io/reference/spec/
package sluice.lib.gateways

import data.sluice.lib.objects

api := "gateway.networking.k8s.io"

# METADATA
# description: The Gateways of the inventory with a full name (of lib.objects); more than one where it is written twice.
with_key(key) := [gateway |
	some gateway in objects.of_kind("Gateway", api)
	objects.full_name(gateway) == key
]

# METADATA
# description: |
#   The parents of a route that are Gateways, as {key, section, port, path}; section and port are null where the
#   route leaves the choice to the Gateway.
parents(route) := [entry |
	some index, ref in objects.array_of(objects.field(objects.spec(route), "parentRefs"))
	is_object(ref)
	object.get(ref, "kind", "Gateway") == "Gateway"
	object.get(ref, "group", api) == api
	entry := {
		"key": objects.full_name({"metadata": {
			"namespace": objects.string_of(objects.field(ref, "namespace"), objects.namespace(route)),
			"name": objects.field(ref, "name"),
		}}),
		"section": objects.field(ref, "sectionName"),
		"port": objects.field(ref, "port"),
		"path": $"/spec/parentRefs/{index}",
	}
]

# METADATA
# description: The listeners of a Gateway, as {path, name, protocol, port, hostname, listener}; hostname "" is any.
listeners(gateway) := [entry |
	some index, listener in objects.array_of(objects.field(objects.spec(gateway), "listeners"))
	is_object(listener)
	entry := {
		"path": $"/spec/listeners/{index}",
		"name": objects.string_of(objects.field(listener, "name"), $"number {index}"),
		"protocol": objects.string_of(objects.field(listener, "protocol"), ""),
		"port": objects.field(listener, "port"),
		"hostname": lower(objects.string_of(objects.field(listener, "hostname"), "")),
		"listener": listener,
	}
]

# METADATA
# description: True when a parent of a route (an entry of `parents`) means this listener (an entry of `listeners`).
means(parent, listener) if {
	parent.section in {null, listener.name}
	parent.port in {null, listener.port}
}

# METADATA
# description: |
#   True when some host name fits both; either may be a wildcard (*.example.com, which stands for one label or
#   more), and "" fits all.
overlap(one, other) if "" in {one, other}

overlap(one, other) if one == other

overlap(one, other) if _covers(one, other)

overlap(one, other) if _covers(other, one)

_covers(wildcard, hostname) if {
	startswith(wildcard, "*.")
	endswith(hostname, substring(wildcard, 1, -1))
}
