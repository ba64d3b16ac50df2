# METADATA
# title: Container images name their registry
# description: |
#   A short image name is completed by whatever the node's container runtime is configured for, usually
#   Docker Hub. The same manifest then pulls from different places on different clusters, and a registry
#   that allows short names can serve an image of the same name from somebody else.
# custom:
#   id: workload-image-registry
#   severity: low
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
#     Write the registry in front: docker.io/library/nginx:1.27 instead of nginx:1.27, or the mirror the
#     organisation uses.
#   references:
#     - https://kubernetes.io/docs/concepts/containers/images/#image-names
#   exceptionable: true
package sluice.workload.image_registry

import data.sluice.lib.images
import data.sluice.lib.pods

deny contains {"path": $"{container.path}/image", "message": message} if {
	some container in pods.containers
	container.image != ""
	images.parse(container.image).registry == ""
	message := $"container {container.name} uses {container.image} without saying from which registry"
}
