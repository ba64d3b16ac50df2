# METADATA
# title: A hung container is restarted
# description: |
#   A process that hangs without exiting stays until somebody restarts it by hand. A liveness probe does
#   that, if it tests the process itself and nothing it depends on. Some teams rightly leave it out for
#   programs that exit on every fault; therefore this is only a remark.
# custom:
#   id: workload-liveness-probe
#   severity: info
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps, StatefulSet.apps]
#   remediation: >-
#     Add a livenessProbe that fails only when a restart helps, with a generous failureThreshold.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
#   exceptionable: true
package sluice.workload.liveness_probe

import data.sluice.lib.objects
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/livenessProbe", "message": message} if {
	some container in pods.long_running
	not is_object(objects.field(container.container, "livenessProbe"))
	message := $"container {container.name} is not restarted when it hangs"
}
