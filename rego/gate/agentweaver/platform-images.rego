# METADATA
# title: Images come from the installation's registry, with a fixed tag
# description: |
#   The cluster may pull from one registry, the one attached to it, and every image carries a Git commit or a
#   release as its tag. An image from elsewhere does not pull or was never scanned; a moving tag makes two
#   replicas run different code and a rollback roll back to nothing.
# custom:
#   id: agentweaver-platform-images
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod, SandboxTemplate]
#   remediation: >-
#     Write the image as <registry>/<name>:<tag> with the installation's registry and a commit (7 to 40 hex
#     digits) or a release such as v1.2.3.
#   references: ["https://kubernetes.io/docs/concepts/containers/images/", "agentweaver:I14"]
#   exceptionable: true
package sluice.agentweaver.platform_images

import data.sluice.lib.agentweaver

deny contains {"object": entry.object, "path": $"{entry.path}/image", "message": $"container {entry.name} takes {entry.image} from outside the installation's registry {registry}"} if {
	some registry in _registry
	some entry in _containers
	_registry_of(entry.image) != registry
}

deny contains {"object": entry.object, "path": $"{entry.path}/image", "message": $"container {entry.name} takes {entry.image}, whose tag is neither a commit nor a release"} if {
	some entry in _containers
	not regex.match(`:([0-9a-f]{7,40}|v[0-9]+\.[0-9]+\.[0-9][-.0-9A-Za-z]*)(@sha256:[0-9a-f]{64})?$`, entry.image)
}

_containers := [entry |
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
]

# Where no environment tells the registry, the API's own image does.
_registry := {agentweaver.parameters.registry} if {
	is_string(agentweaver.parameters.registry)
} else := {registry |
	some template in agentweaver.api
	some entry in agentweaver.main_containers(template)
	registry := _registry_of(entry.image)
}

_registry_of(image) := concat("/", array.slice(parts, 0, count(parts) - 1)) if parts := split(image, "/")
