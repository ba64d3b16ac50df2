# METADATA
# title: Sync waves are whole numbers
# description: |
#   Argo CD reads a wave that is no whole number as 0, without a word: the object is applied first instead
#   of when it should be.
# custom:
#   id: gitops-wave-number
#   severity: high
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Write the wave as a quoted whole number, such as "-1" or "5".
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
#   exceptionable: true
package sluice.gitops.wave_number

import data.sluice.lib.objects
import data.sluice.lib.pointer
import data.sluice.lib.waves

deny contains {"path": pointer.join("/metadata/annotations", [waves.wave_annotation]), "message": message} if {
	value := objects.annotations(input)[waves.wave_annotation]
	not waves.integer(value)
	shown := objects.text(value)
	message := $"wave {shown} is no whole number, so Argo CD takes it for 0"
}
