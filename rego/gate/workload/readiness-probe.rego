# METADATA
# title: Containers that serve a port say when they are ready
# description: |
#   Without a readiness probe a pod gets traffic the moment its process starts, and a rolling update goes on
#   as soon as the process exists: users meet connection refused on every release. Only containers that
#   declare ports are judged.
# custom:
#   id: workload-readiness-probe
#   severity: medium
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps, StatefulSet.apps]
#   remediation: >-
#     Add a readinessProbe that answers when the container can serve, cheap enough to be asked every few
#     seconds.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#   exceptionable: true
package sluice.workload.readiness_probe

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/readinessProbe", "message": message} if {
	some container in pods.long_running
	count(objects.array_of(objects.field(container.container, "ports"))) > 0
	not is_object(objects.field(container.container, "readinessProbe"))
	message := $"container {container.name} declares ports and has no readiness probe"
}
