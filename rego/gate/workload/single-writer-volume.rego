# METADATA
# title: A volume for one node is not shared by pods on several
# description: |
#   A ReadWriteOnce claim can be attached to one node. A Deployment whose pods share it works only while the
#   scheduler puts them on the same node; a rolling update that starts the new pod elsewhere waits for ever
#   for the old one to let go. ReadWriteOncePod never allows two pods.
# custom:
#   id: workload-single-writer-volume
#   severity: medium
#   pack: workload
#   scope: object
#   kinds: [Deployment.apps]
#   remediation: >-
#     Use strategy type Recreate with one replica, a ReadWriteMany claim, or a StatefulSet with
#     volumeClaimTemplates.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
#   exceptionable: true
package sluice.workload.single_writer_volume

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.replicas

deny contains {"path": $"{pod.path}/volumes/{index}/persistentVolumeClaim", "message": message} if {
	some pod in pods.specs
	some index, volume in objects.array_of(pod.spec.volumes)
	claim := volume.persistentVolumeClaim.claimName
	some mode in _single_node[claim]
	reason := _reason
	message := $"claim {claim} is {mode}, and {reason}"
}

_reason := $"{number} pods share it" if {
	number := replicas.minimum(input)
	number > 1
} else := "a rolling update starts the new pod before the old one has left" if not _recreates

_recreates if objects.spec(input).strategy.type == "Recreate"

_recreates if objects.spec(input).strategy.rollingUpdate.maxSurge in {0, "0", "0%"}

_single_node[name] contains mode if {
	some claim in data.inventory.kinds.PersistentVolumeClaim
	objects.namespace(claim) == objects.namespace(input)
	modes := objects.array_of(objects.spec(claim).accessModes)
	some mode in modes
	every each in modes {
		each in {"ReadWriteOnce", "ReadWriteOncePod"}
	}
	name := objects.name(claim)
}
