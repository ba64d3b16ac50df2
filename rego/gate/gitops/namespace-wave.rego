# METADATA
# title: A namespace is applied before what is in it
# description: |
#   An object of a namespace that does not exist yet is refused, and the sync fails or is retried until it
#   gives up. Argo CD puts namespaces first within a wave, not across waves.
# custom:
#   id: gitops-namespace-wave
#   severity: high
#   pack: gitops
#   scope: graph
#   kinds: [Namespace]
#   remediation: >-
#     Give the Namespace the earliest wave of the application.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
#   exceptionable: true
package sluice.gitops.namespace_wave

import data.sluice.lib.objects
import data.sluice.lib.waves

deny contains {"object": namespace, "path": "/metadata/annotations", "message": message} if {
	some namespace in data.inventory.kinds.Namespace
	own := waves.order(namespace)
	early := [manifest |
		some manifest in data.inventory.kinds[_]
		objects.namespace(manifest) == objects.name(namespace)
		waves.order(manifest) < own
	]
	count(early) > 0
	number := count(early)
	first := min([[waves.order(manifest), concat(" ", [manifest.kind, objects.name(manifest)])] | some manifest in early])
	when_own := waves.text(own)
	when_first := waves.text(first[0])
	message := $"is applied in {when_own}, after {number} of its objects, the first of them {first[1]} in {when_first}"
}
