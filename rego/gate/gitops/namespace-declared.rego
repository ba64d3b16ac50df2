# METADATA
# title: Namespaces of the input are declared together
# description: |
#   The input makes some of the namespaces that it uses, but not this one. Unless something else makes it,
#   every object in it is refused. Declare it as an external if it is made elsewhere.
# custom:
#   id: gitops-namespace-declared
#   severity: low
#   pack: gitops
#   scope: graph
#   kinds: ["*"]
#   remediation: >-
#     Add the Namespace object, or declare it as external.
#   references:
#     - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
#   exceptionable: true
package sluice.gitops.namespace_declared

import data.sluice.lib.objects

deny contains {"object": _identity(first), "path": "/metadata/namespace", "message": message} if {
	count(_declared) > 0
	some namespace, places in _used
	not namespace in _declared
	not namespace in _everywhere
	not _external(namespace)
	[kind, index] := min(places)
	first := data.inventory.kinds[kind][index]
	number := count(places)
	message := $"nothing declares namespace {namespace}, which {number} objects use"
}

_declared contains objects.name(namespace) if some namespace in data.inventory.kinds.Namespace

_used[namespace] contains [kind, index] if {
	some kind, manifests in data.inventory.kinds
	some index, manifest in manifests
	namespace := objects.namespace(manifest)
	namespace != ""
}

_everywhere := {"default", "kube-system", "kube-public", "kube-node-lease"}

_external(namespace) if {
	some external in data.externals
	external.kind == "Namespace"
	external.name == namespace
}

_identity(manifest) := {
	"apiVersion": manifest.apiVersion,
	"kind": manifest.kind,
	"namespace": objects.namespace(manifest),
	"name": objects.name(manifest),
}
