# METADATA
# title: Hooks say what Argo CD understands
# description: |
#   A hook that Argo CD does not know is taken for an ordinary object: a migration meant to run before the
#   sync runs beside it. A deletion policy without a hook does nothing.
# custom:
#   id: gitops-hook-known
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Use PreSync, Sync, PostSync, SyncFail, PreDelete, PostDelete or Skip, with HookSucceeded, HookFailed
#     or BeforeHookCreation as deletion policies.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
#   exceptionable: true
package sluice.gitops.hook_known

import data.sluice.lib.objects
import data.sluice.lib.pointer
import data.sluice.lib.waves

deny contains {"path": pointer.join("/metadata/annotations", [key]), "message": $"{value} is no {what} of Argo CD"} if {
	some [key, what, known] in [
		[waves.hook_annotation, "hook", _hooks],
		[_deletion, "hook deletion policy", {"HookSucceeded", "HookFailed", "BeforeHookCreation"}],
	]
	some value in [trim_space(part) | some part in split(objects.annotations(input)[key], ",")]
	not value in known
}

deny contains {"path": pointer.join("/metadata/annotations", [_deletion]), "message": "a deletion policy without a hook does nothing"} if {
	keys := object.keys(objects.annotations(input))
	_deletion in keys
	not waves.hook_annotation in keys
	not "helm.sh/hook" in keys
}

_deletion := "argocd.argoproj.io/hook-delete-policy"

_hooks := {"PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete", "Skip"}
