# METADATA
# title: The two warm pools keep their size
# description: |
#   Command execution claims pods from agentweaver-sandbox (three kept warm), agent turns from
#   agentweaver-agent-host (two kept warm). The executor knows both by name, so a missing pool fails every run
#   that needs it, and a pool whose template does not exist never fills. Another pool keeps microVMs that nobody
#   claims.
# custom:
#   id: agentweaver-warm-pools
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [SandboxWarmPool, SandboxTemplate]
#   remediation: >-
#     Emit exactly the pools agentweaver-sandbox with 3 replicas and agentweaver-agent-host with 2, each with a
#     sandboxTemplateRef to an emitted SandboxTemplate.
#   references: ["https://github.com/kubernetes-sigs/agent-sandbox", "agentweaver:I1"]
#   exceptionable: true
package sluice.agentweaver.warm_pools

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": $"there is no SandboxWarmPool {name}"} if {
	some name, _ in _sizes
	count([pool | some pool in _pools; objects.name(pool) == name]) == 0
}

deny contains {"object": pool, "path": "/spec/replicas", "message": $"warm pool {name} keeps {objects.text(replicas)} pods warm instead of {size}"} if {
	some pool in _pools
	name := objects.name(pool)
	size := _sizes[name]
	replicas := objects.field(objects.spec(pool), "replicas")
	replicas != size
}

deny contains {"object": pool, "path": "", "message": $"warm pool {objects.name(pool)} is none of the two that the platform claims from"} if {
	some pool in _pools
	not objects.name(pool) in object.keys(_sizes)
}

deny contains {"object": pool, "path": "/spec/sandboxTemplateRef/name", "message": $"warm pool {objects.name(pool)} refers to SandboxTemplate {objects.text(template)}, which is not there"} if {
	some pool in _pools
	template := objects.field(objects.field(objects.spec(pool), "sandboxTemplateRef"), "name")
	not [objects.namespace(pool), template] in _templates
}

_sizes := {"agentweaver-sandbox": 3, "agentweaver-agent-host": 2}

_pools := objects.of_kind("SandboxWarmPool", "extensions.agents.x-k8s.io")

_templates := {[objects.namespace(template), objects.name(template)] |
	some template in objects.of_kind("SandboxTemplate", "extensions.agents.x-k8s.io")
}
