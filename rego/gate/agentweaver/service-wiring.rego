# METADATA
# title: Probes and Services hit an open port of one workload
# description: |
#   A probe on a port that the container does not open never succeeds, and the roll-out stops. A Service whose
#   selector matches no pods answers nothing; one that matches two workloads sends a part of the requests to the
#   wrong one; one with another target port is refused.
# custom:
#   id: agentweaver-service-wiring
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Service, Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Name the container's port in the probe and in the Service's targetPort, and select exactly one workload by
#     its app label.
#   references: ["https://kubernetes.io/docs/concepts/services-networking/service/", "agentweaver:I30"]
#   exceptionable: true
package sluice.agentweaver.service_wiring

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.selectors

deny contains {"object": entry.object, "path": $"{entry.path}/{probe}/{action}/port", "message": $"the {probe} of container {entry.name} asks port {objects.text(port)}, which the container does not open"} if {
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
	some probe in ["livenessProbe", "readinessProbe", "startupProbe"]
	some action in ["httpGet", "tcpSocket", "grpc"]
	port := objects.field(objects.field(objects.field(entry.container, probe), action), "port")
	port != null
	not port in _open(entry)
}

deny contains {"object": service, "path": "/spec/selector", "message": $"Service {objects.name(service)} selects {count(selected)} workloads{_list(selected)} instead of one"} if {
	some service in _services
	selected := _selected(service)
	count(selected) != 1
}

deny contains {"object": service, "path": $"/spec/ports/{index}/targetPort", "message": $"Service {objects.name(service)} sends to port {objects.text(target)}, which no container of {objects.name(template.object)} opens"} if {
	some service in _services
	some template in _selected(service)
	some index, port in objects.array_of(objects.field(objects.spec(service), "ports"))
	target := object.get(port, "targetPort", objects.field(port, "port"))
	count([entry | some entry in agentweaver.main_containers(template); target in _open(entry)]) == 0
}

# A preview selects the pod of one run by a label that the pod gets at run time.
_services := [service |
	some service in objects.of_kind("Service", "")
	selector := objects.object_of(objects.field(objects.spec(service), "selector"))
	count(selector) > 0
	not "agentweaver.dev/preview-run" in object.keys(selector)
]

_selected(service) := [template |
	some template in agentweaver.templates
	objects.namespace(template.object) == objects.namespace(service)
	selectors.has_all(service.spec.selector, template.labels)
]

_open(entry) := {port[field] |
	some port in objects.array_of(objects.field(entry.container, "ports"))
	some field in ["name", "containerPort"]
}

_list([]) := ""

_list(selected) := $" ({concat(", ", [objects.name(template.object) | some template in selected])})" if count(selected) > 0
