# METADATA
# title: Claims adopt a warm sandbox and delete it afterwards
# description: |
#   A claim that carries environment variables or volume claim templates cannot be served by a warm pod and starts
#   a cold one. A claim of v1alpha1 names a template instead of a pool. Without the shutdown policy Delete a
#   finished sandbox stays, with the files of the run in it.
# custom:
#   id: agentweaver-sandbox-claims
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [SandboxClaim, SandboxWarmPool]
#   remediation: >-
#     Write claims as v1beta1 with a warmPoolRef to an emitted pool, without env and volumeClaimTemplates, and
#     with lifecycle.shutdownPolicy Delete.
#   references: ["https://github.com/kubernetes-sigs/agent-sandbox", "agentweaver:I3"]
#   exceptionable: true
package sluice.agentweaver.sandbox_claims

import data.sluice.lib.objects

deny contains {"object": claim, "path": "/apiVersion", "message": $"claim {objects.name(claim)} is of {objects.text(claim.apiVersion)}, which knows no warm pools"} if {
	some claim in _claims
	claim.apiVersion != "extensions.agents.x-k8s.io/v1beta1"
}

deny contains {"object": claim, "path": "/spec/warmPoolRef/name", "message": $"claim {objects.name(claim)} refers to SandboxWarmPool {objects.text(pool)}, which is not there"} if {
	some claim in _claims
	pool := objects.field(objects.field(objects.spec(claim), "warmPoolRef"), "name")
	not [objects.namespace(claim), pool] in _pools
}

deny contains {"object": claim, "path": $"/spec/{field}", "message": $"claim {objects.name(claim)} sets {field}, so it cannot adopt a warm pod"} if {
	some claim in _claims
	some field in ["env", "volumeClaimTemplates"]
	object.get(objects.spec(claim), field, null) != null
}

deny contains {"object": claim, "path": "/spec/lifecycle/shutdownPolicy", "message": $"the sandbox of claim {objects.name(claim)} is not deleted when the run ends"} if {
	some claim in _claims
	objects.field(objects.field(objects.spec(claim), "lifecycle"), "shutdownPolicy") != "Delete"
}

_claims := objects.of_kind("SandboxClaim", "extensions.agents.x-k8s.io")

_pools := {[objects.namespace(pool), objects.name(pool)] |
	some pool in objects.of_kind("SandboxWarmPool", "extensions.agents.x-k8s.io")
}
