# METADATA
# title: Containers of a pod do not claim a port twice
# description: |
#   All containers of a pod share one network, so a second listener on the same port fails to start. A port
#   name that two containers use makes a Service's targetPort mean whichever comes first. Init containers
#   that end are not judged.
# custom:
#   id: workload-duplicate-port
#   severity: medium
#   pack: workload
#   scope: object
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Give each container its own port and each port its own name.
#   references:
#     - https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking
#   exceptionable: true
package sluice.workload.duplicate_port

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": later.path, "message": message} if {
	some pod in pods.specs
	ports := _ports(pod)
	some index, later in ports
	some earlier in array.slice(ports, 0, index)
	fault := _clash(earlier, later)
	message := $"container {later.container} declares {fault}, as container {earlier.container} does"
}

_clash(one, other) := $"port {other.number}/{other.protocol}" if {
	one.number == other.number
	one.protocol == other.protocol
	one.hostIP == other.hostIP
}

_clash(one, other) := $"a port named {other.name}" if {
	one.name == other.name
	one.name != ""
	not _same_number(one, other)
}

_same_number(one, other) if {
	one.number == other.number
	one.protocol == other.protocol
	one.hostIP == other.hostIP
}

_ports(pod) := [entry |
	some container in sort(_containers(pod))
	some index, port in objects.array_of(container.ports)
	entry := {
		"path": $"{container.path}/ports/{index}",
		"container": container.name,
		"number": port.containerPort,
		"protocol": object.get(port, "protocol", "TCP"),
		"hostIP": object.get(port, "hostIP", ""),
		"name": object.get(port, "name", ""),
	}
]

_containers(pod) := [{"path": container.path, "name": container.name, "ports": objects.field(container.container, "ports")} |
	some container in pods.long_running
	container.podPath == pod.path
]
