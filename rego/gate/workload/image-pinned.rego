# METADATA
# title: Container images are pinned
# description: |
#   An image without a tag means "latest", and "latest" means whatever was pushed last: two pods of one
#   Deployment can run different code, a rollback rolls nothing back, and the commit that Argo CD shows as
#   synced does not say what runs. A fixed tag or, better, a digest makes the manifest the record of what
#   runs.
# custom:
#   id: workload-image-pinned
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
#     Name the version to run: a tag other than "latest", or a digest (image@sha256:...), which nobody can
#     move.
#   references:
#     - https://kubernetes.io/docs/concepts/containers/images/#image-names
#   exceptionable: true
package sluice.workload.image_pinned

import data.sluice.lib.images
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/image", "message": message} if {
	some container in pods.containers
	fault := _fault(container.image)
	message := $"container {container.name} {fault}"
}

_fault("") := "names no image"

_fault(image) := $"uses {image}, which has neither tag nor digest" if {
	image != ""
	parts := images.parse(image)
	parts.tag == ""
	parts.digest == ""
}

_fault(image) := $"uses {image}, whose tag moves with every push" if {
	parts := images.parse(image)
	parts.tag == "latest"
	parts.digest == ""
}
