# METADATA
# title: Objects have a name
# description: |
#   generateName makes a new object on every apply. GitOps cannot compare it with anything: kubectl apply
#   refuses it, and Argo CD accepts it only in hooks.
# custom:
#   id: gitops-generate-name
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Give the object a fixed name, or make it a hook.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
#   exceptionable: true
package sluice.gitops.generate_name

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"path": "/metadata/generateName", "message": $"every apply makes another object named {prefix}..."} if {
	objects.name(input) == ""
	prefix := objects.metadata(input).generateName
	not waves.hook_annotation in object.keys(objects.annotations(input))
}
