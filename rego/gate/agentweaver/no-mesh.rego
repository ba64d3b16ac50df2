# METADATA
# title: No service mesh touches the workloads
# description: |
#   The gateway class runs an Istio proxy for the gateway alone. Sidecars or the ambient data plane on the
#   workloads would put a second network policy engine beside Cilium, break the pods' read-only and non-root
#   settings, and carry sandbox traffic past the policies that are tested here.
# custom:
#   id: agentweaver-no-mesh
#   severity: medium
#   pack: agentweaver
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Remove the Istio object, label or annotation.
#   references: ["https://learn.microsoft.com/azure/aks/app-routing-gateway-api", "agentweaver:I21"]
#   exceptionable: true
package sluice.agentweaver.no_mesh

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.pointer

deny contains {"path": "/apiVersion", "message": $"{input.kind} {objects.name(input)} belongs to the Istio service mesh"} if {
	regex.match(`(^|\.)istio\.io$`, objects.group(input))
}

deny contains {"path": pointer.join(path, [key]), "message": $"{key} on {input.kind} {objects.name(input)} brings its pods into the mesh"} if {
	some path, keys in _keys
	some key, _ in keys
	key in _mesh
}

_keys["/metadata/labels"] := objects.labels(input)

_keys["/metadata/annotations"] := objects.annotations(input)

_keys[$"{pod.templatePath}/metadata/labels"] := pod.labels if {
	some pod in pods.specs
}

_keys[$"{pod.templatePath}/metadata/annotations"] := pod.annotations if {
	some pod in pods.specs
}

_mesh := {
	"sidecar.istio.io/inject",
	"istio.io/rev",
	"istio-injection",
	"istio.io/dataplane-mode",
	"istio.io/use-waypoint",
}
