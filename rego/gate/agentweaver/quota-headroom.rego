# METADATA
# title: The quota holds the platform at its largest
# description: |
#   The quota must hold every Deployment at its autoscaler's maximum with one more pod during a roll-out, both
#   warm pools, and the Jobs. When it does not, the failure is quiet - pods are refused at the moment they are
#   needed, a roll-out stops half way, or a pool does not fill. Claims beyond the pools and the gateways' own pods
#   come on top.
# custom:
#   id: agentweaver-quota-headroom
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [ResourceQuota, LimitRange, Deployment, HorizontalPodAutoscaler, SandboxWarmPool, SandboxTemplate, Job, PersistentVolumeClaim]
#   remediation: >-
#     Raise the field of the quota to the sum that the message names, or lower the replicas or limits.
#   references: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/", "agentweaver:I25"]
#   exceptionable: true
package sluice.agentweaver.quota_headroom

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pointer
import data.sluice.lib.quantity

deny contains {"object": quota, "path": pointer.join("/spec/hard", [field]), "message": $"the platform at its largest needs {_text(field, needed)} of {field}, but the quota allows {objects.text(hard)}"} if {
	some quota in objects.of_kind("ResourceQuota", "")
	namespace := objects.namespace(quota)
	some field, hard in objects.object_of(objects.field(objects.spec(quota), "hard"))
	needed := _needed(namespace, field)
	quantity.milli(hard) < needed
}

# What a quota counts, in thousandths of its unit.
_needed(namespace, "pods") := 1000 * sum([load.pods | some load in _loads; load.namespace == namespace])

_needed(namespace, "limits.cpu") := _sum(namespace, "limits", "cpu")

_needed(namespace, "limits.memory") := _sum(namespace, "limits", "memory")

_needed(namespace, "requests.cpu") := _sum(namespace, "requests", "cpu")

_needed(namespace, "cpu") := _sum(namespace, "requests", "cpu")

_needed(namespace, "requests.memory") := _sum(namespace, "requests", "memory")

_needed(namespace, "memory") := _sum(namespace, "requests", "memory")

_needed(namespace, "persistentvolumeclaims") := 1000 * count(_claims(namespace))

_needed(namespace, "requests.storage") := sum([size |
	some claim in _claims(namespace)
	size := quantity.milli(objects.spec(claim).resources.requests.storage)
])

_sum(namespace, side, resource) := sum([amount |
	some load in _loads
	load.namespace == namespace
	amount := load.pods * _of_pod(load, side, resource)
])

# Init containers run one after the other before the others, so a pod needs the larger of the two.
_of_pod(load, side, resource) := max([
	sum([amount | some entry in load.containers; entry.type == "container"; amount := _amount(load, entry, side, resource)]),
	max({0} | {amount | some entry in load.containers; entry.type == "init"; amount := _amount(load, entry, side, resource)}),
])

_amount(load, entry, side, resource) := quantity.milli(_quantity(load, entry, side, resource))

_quantity(load, entry, side, resource) := _written(entry, side, resource) if {
	_written(entry, side, resource) != null
} else := _written(entry, "limits", resource) if {
	side == "requests"
	_written(entry, "limits", resource) != null
} else := _default(load, side, resource)

_written(entry, side, resource) := objects.field(objects.field(objects.field(entry.container, "resources"), side), resource)

# The first limit range counts; the API server takes any of several.
_default(load, side, resource) := [amount |
	some range in _ranges
	range.namespace == load.namespace
	amount := objects.object_of(objects.field(range.item, {"limits": "default", "requests": "defaultRequest"}[side]))[resource]
][0]

_ranges := [{"namespace": objects.namespace(range), "item": item} |
	some range in objects.of_kind("LimitRange", "")
	some item in objects.array_of(objects.field(objects.spec(range), "limits"))
	item.type == "Container"
]

_loads := [load |
	some template in agentweaver.templates
	pods := _pods(template)
	load := {
		"namespace": objects.namespace(template.object),
		"pods": pods,
		"containers": agentweaver.containers(template),
	}
]

_pods(template) := max([_replicas(template), _most(template)]) + _surge(template) if template.kind == "Deployment"

_pods(template) := sum([replicas |
	some pool in objects.of_kind("SandboxWarmPool", "extensions.agents.x-k8s.io")
	pool.spec.sandboxTemplateRef.name == objects.name(template.object)
	replicas := pool.spec.replicas
	is_number(replicas)
]) if {
	template.kind == "SandboxTemplate"
}

_pods(template) := 1 if template.kind in {"Job", "CronJob", "Pod"}

_replicas(template) := replicas if {
	replicas := objects.spec(template.object).replicas
	is_number(replicas)
} else := 1

_most(template) := max({0} | {maximum |
	some scaler in objects.of_kind("HorizontalPodAutoscaler", "autoscaling")
	scaler.spec.scaleTargetRef.name == objects.name(template.object)
	maximum := scaler.spec.maxReplicas
	is_number(maximum)
})

_surge(template) := 0 if {
	objects.spec(template.object).strategy.type == "Recreate"
} else := 1

_claims(namespace) := [claim |
	some claim in objects.of_kind("PersistentVolumeClaim", "")
	objects.namespace(claim) == namespace
]

_text(field, needed) := $"{needed / 1073741824000}Gi" if {
	regex.match("memory|storage", field)
} else := $"{needed / 1000}"
