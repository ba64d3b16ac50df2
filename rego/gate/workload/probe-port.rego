# METADATA
# title: Probes and hooks name ports that the container has
# description: |
#   A probe may name its port instead of numbering it. A name that no port of the container carries makes
#   every probe fail: the container is restarted for ever, or never ready. Numbers are not judged, since a
#   port need not be declared to be open.
# custom:
#   id: workload-probe-port
#   severity: high
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
#     Name the port in the container's ports, or correct the name in the probe.
#   references:
#     - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port
#   exceptionable: true
package sluice.workload.probe_port

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/{place}/port", "message": message} if {
	some container in pods.containers
	some keys in _places
	port := object.get(container.container, array.concat(keys, ["port"]), 0)
	is_string(port)
	not _number(port)
	names := {name | name := objects.array_of(objects.field(container.container, "ports"))[_].name}
	not port in names
	place := concat("/", keys)
	message := $"container {container.name} has no port named {port}"
}

_number(text) if is_number(to_number(text))

_places := [array.concat(probe, [handler]) |
	some probe in [["livenessProbe"], ["readinessProbe"], ["startupProbe"], ["lifecycle", "postStart"], ["lifecycle", "preStop"]]
	some handler in ["httpGet", "tcpSocket"]
]
