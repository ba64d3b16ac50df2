# METADATA
# title: Manifests hold nothing that the server sets
# description: |
#   uid and resourceVersion tie a manifest to one object of one cluster: applying it elsewhere, or after the
#   object was made anew, fails. managedFields, generation and the last-applied annotation are ignored at
#   best; the last may hold a copy of secret values.
# custom:
#   id: gitops-server-fields
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Remove the fields; they came along when the object was exported from a cluster.
#   references:
#     - https://kubernetes.io/docs/reference/using-api/server-side-apply/
#     - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
#   exceptionable: true
package sluice.gitops.server_fields

import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"path": "/metadata", "message": message} if {
	fields := [field |
		some field in [
			"creationTimestamp", "deletionTimestamp", "generation", "managedFields", "resourceVersion",
			"selfLink", "uid",
		]
		not objects.field(objects.metadata(input), field) in [null, ""]
	]
	count(fields) > 0
	list := concat(", ", fields)
	message := $"set by the server: {list}"
}

deny contains {"path": pointer.join("/metadata/annotations", [key]), "message": $"{key} is set by kubectl and controllers"} if {
	some key in ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"]
	key in object.keys(objects.annotations(input))
}
