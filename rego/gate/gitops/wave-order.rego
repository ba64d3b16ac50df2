# METADATA
# title: What an object needs is not applied after it
# description: |
#   Argo CD waits for a wave to be healthy before it applies the next one. An object that needs something of
#   a later wave never becomes healthy, so the later wave never comes: the first sync hangs until its
#   timeout. An update of a running installation hides it.
# custom:
#   id: gitops-wave-order
#   severity: high
#   pack: gitops
#   scope: graph
#   kinds: ["*"]
#   remediation: >-
#     Give the object that is needed the same or an earlier sync wave.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
#   exceptionable: true
package sluice.gitops.wave_order

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"object": reference.from, "path": reference.path, "message": message} if {
	count(_orders) > 0
	some reference in data.facts.references
	reference.type in _needed
	reference.status == "resolved"
	reference.optional == false
	not reference.from.kind in {"RoleBinding", "ClusterRoleBinding"}
	later := _order(reference.to.group, reference.to)
	own := _order(objects.group_of(reference.from.apiVersion), reference.from)
	later > own
	target := concat(" ", [reference.to.kind, reference.to.name])
	when_later := waves.text(later)
	when_own := waves.text(own)
	message := $"needs {target}, which is applied in {when_later}, after this object in {when_own}"
}

# What keeps the object that refers from becoming healthy while it is not there.
_needed := {
	"backend",
	"certificate",
	"config-map",
	"gateway-class",
	"hpa-target",
	"issuer",
	"parent-gateway",
	"persistent-volume-claim",
	"priority-class",
	"runtime-class",
	"sandbox-template",
	"secret",
	"secret-provider-class",
	"secret-store",
	"service-account",
	"storage-class",
	"warm-pool",
	"webhook-service",
}

# A manifest that names no namespace is referred to in "default".
_order(group, identity) := max(orders) if {
	namespace := object.get(identity, "namespace", "")
	orders := [order |
		some written in {namespace, trim_prefix(namespace, "default")}
		order := _orders[concat("|", [group, identity.kind, written, identity.name])]
	]
	count(orders) > 0
} else := [0, 0]

_orders[key] := max(orders) if some key, orders in _written

_written[key] contains order if {
	some manifest in data.inventory.kinds[_]
	waves.ordered(manifest)
	key := concat("|", [objects.group(manifest), manifest.kind, objects.namespace(manifest), objects.name(manifest)])
	order := waves.order(manifest)
}
