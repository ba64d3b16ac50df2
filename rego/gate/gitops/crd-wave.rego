# METADATA
# title: A resource definition is applied before its resources
# description: |
#   A custom resource whose definition comes in a later wave is refused as an unknown kind, and the sync
#   never reaches that wave.
# custom:
#   id: gitops-crd-wave
#   severity: high
#   pack: gitops
#   scope: graph
#   kinds: [CustomResourceDefinition.apiextensions.k8s.io]
#   remediation: >-
#     Give the CustomResourceDefinition an earlier wave, or sync it by an application of its own.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
#   exceptionable: true
package sluice.gitops.crd_wave

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"object": definition, "path": "/metadata/annotations", "message": message} if {
	some definition in data.inventory.kinds.CustomResourceDefinition
	own := waves.order(definition)
	kind := objects.spec(definition).names.kind
	names := sort([objects.name(manifest) |
		some manifest in data.inventory.kinds[kind]
		objects.group(manifest) == objects.spec(definition).group
		waves.order(manifest) < own
	])
	count(names) > 0
	when_own := waves.text(own)
	message := $"is applied in {when_own}, after {kind} {names[0]}"
}
