# METADATA
# title: Containers fit the namespace's limit range
# description: |
#   A container whose limit is above the maximum of the LimitRange is refused when its pod is created, long after
#   the sync succeeded. A container without requests and limits is refused by the quota, unless the LimitRange
#   gives it its defaults.
# custom:
#   id: agentweaver-container-limits
#   severity: medium
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate, LimitRange]
#   remediation: >-
#     Lower the limit to the maximum of the LimitRange, or state requests and limits for cpu and memory.
#   references: ["https://kubernetes.io/docs/concepts/policy/limit-range/", "agentweaver:I26"]
#   exceptionable: true
package sluice.agentweaver.container_limits

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.quantity

deny contains {"object": entry.object, "path": $"{entry.path}/resources/limits/{resource}", "message": $"container {entry.name} may use {objects.text(limit)} of {resource}, but the limit range allows {objects.text(maximum)}"} if {
	some entry in _containers
	some item in _ranges[objects.namespace(entry.object)]
	some resource, maximum in objects.object_of(objects.field(item, "max"))
	limit := _written(entry, "limits", resource)
	quantity.milli(limit) > quantity.milli(maximum)
}

deny contains {"object": entry.object, "path": $"{entry.path}/resources", "message": $"container {entry.name} states no {side} of {resource}, and no limit range gives a default"} if {
	some entry in _containers
	some side, _ in _defaults
	some resource in ["cpu", "memory"]
	_written(entry, side, resource) == null
	not _defaulted(entry, side, resource)
}

_defaulted(entry, side, resource) if {
	some item in _ranges[objects.namespace(entry.object)]
	objects.field(objects.field(item, _defaults[side]), resource) != null
}

_defaults := {"limits": "default", "requests": "defaultRequest"}

_ranges[objects.namespace(range)] contains item if {
	some range in objects.of_kind("LimitRange", "")
	some item in objects.array_of(objects.field(objects.spec(range), "limits"))
	item.type == "Container"
}

_written(entry, side, resource) := objects.field(objects.field(objects.field(entry.container, "resources"), side), resource)

_containers := [entry |
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
]
