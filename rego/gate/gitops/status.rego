# METADATA
# title: Manifests hold no status
# description: |
#   The status belongs to the controllers. In Git it is the copy of an old state: it is ignored at best, and
#   keeps the application out of sync or confuses a controller at worst.
# custom:
#   id: gitops-status
#   severity: low
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Remove status; it came along when the object was exported from a cluster.
#   references:
#     - https://kubernetes.io/docs/concepts/overview/working-with-objects/#object-spec-and-status
#   exceptionable: true
package sluice.gitops.status

import data.sluice.lib.objects

deny contains {"path": "/status", "message": "the status of an exported object stands here"} if {
	count(objects.object_of(objects.field(input, "status"))) > 0
	not _generated
}

# Generators of resource definitions write a status without content.
_generated if {
	input.kind == "CustomResourceDefinition"
	count(objects.array_of(objects.field(input.status, "conditions"))) == 0
}
