# METADATA
# title: Resources
# description: |
#   Requests and limits as the scheduler will see them: with what limits, the pod's own resources and the
#   namespace's LimitRange add.
# related_resources:
#   - https://kubernetes.io/docs/concepts/policy/limit-range/
package sluice.lib.resources

import data.sluice.lib.objects

# METADATA
# description: True when a container (an entry of lib.pods) of a namespace has a request for the resource.
requested(entry, _, resource) if _written(entry, {"requests", "limits"}, resource)

requested(_, namespace, resource) if {
	some item in _defaults(namespace)
	some field in ["defaultRequest", "default", "max", "min"]
	_set(item, field, resource)
}

# METADATA
# description: True when a container (an entry of lib.pods) of a namespace has a limit for the resource.
limited(entry, _, resource) if _written(entry, {"limits"}, resource)

limited(_, namespace, resource) if {
	some item in _defaults(namespace)
	some field in ["default", "max"]
	_set(item, field, resource)
}

_written(entry, fields, resource) if {
	some owner in [entry.container, entry.pod]
	some field in fields
	_set(objects.field(owner, "resources"), field, resource)
}

_set(resources, field, resource) if objects.field(objects.field(resources, field), resource) != null

_defaults(namespace) := {item |
	some range in data.inventory.kinds.LimitRange
	objects.namespace(range) == namespace
	some item in objects.array_of(objects.spec(range).limits)
	item.type == "Container"
}
