# METADATA
# title: Sync order
# description: |
#   When Argo CD applies an object: its phase (hooks before and after the sync) and its wave. Orders compare as
#   [phase, wave]; an object is applied after every object of a smaller order is healthy.
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
package sluice.lib.waves

import data.sluice.lib.objects

wave_annotation := "argocd.argoproj.io/sync-wave"

hook_annotation := "argocd.argoproj.io/hook"

# METADATA
# description: The order of a manifest, [phase, wave]. A wave that is no number counts as 0, as Argo CD counts it.
order(manifest) := [_phase(objects.annotations(manifest)), _wave(objects.annotations(manifest))]

# METADATA
# description: True when a manifest says anything about its order; most do not, and are applied in order [0, 0].
ordered(manifest) if objects.annotations(manifest)[wave_annotation]

ordered(manifest) if objects.annotations(manifest)[hook_annotation]

# METADATA
# description: An order as a message says it.
text([phase, wave]) := concat("", [_phases[phase], $"wave {wave}"])

# METADATA
# description: True for the text of an integer.
integer(value) if {
	is_string(value)
	digits := trim_prefix(value, "-")
	digits != ""
	trim(digits, "0123456789") == ""
}

_phases := {-1: "phase PreSync, ", 0: "", 1: "phase PostSync, "}

_wave(annotations) := to_number(annotations[wave_annotation]) if {
	integer(annotations[wave_annotation])
} else := 0

_phase(annotations) := object.get(_hook_phases, object.get(annotations, hook_annotation, ""), 0)

_hook_phases := {"PreSync": -1, "PostSync": 1, "SyncFail": 1, "PostDelete": 1}
