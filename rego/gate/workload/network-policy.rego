# METADATA
# title: A network policy selects every pod
# description: |
#   A pod that no policy selects accepts connections from every pod of the cluster and may open one to
#   anywhere. This rule asks only whether some NetworkPolicy or Cilium policy of the input selects it; pods
#   in the node's network, where policies do not hold, have their own rule.
# custom:
#   id: workload-network-policy
#   severity: medium
#   pack: workload
#   scope: graph
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Add a default-deny NetworkPolicy with an empty podSelector to the namespace, then allow what is
#     needed.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/network-policies/
#     - https://docs.cilium.io/en/stable/security/policy/language/
#   exceptionable: true
package sluice.workload.network_policy

import data.sluice.lib.objects
import data.sluice.lib.pods
import data.sluice.lib.selectors

deny contains {"object": objects.identity(manifest), "path": path, "message": message} if {
	some manifest in pods.workloads
	some pod in pods.specs_of(manifest)
	objects.field(pod.spec, "hostNetwork") != true
	not _selected(objects.namespace(manifest), pod.labels)
	path := concat("", [pod.templatePath, "/metadata/labels"])
	message := "no network policy selects this pod: anybody may connect to it, and it to anybody"
}

_selected(namespace, labels) if {
	some scope in {namespace, "*"}
	some selector in _selectors[scope]
	selectors.selects(selector, labels)
}

_selectors[objects.namespace(policy)] contains object.get(objects.spec(policy), "podSelector", {}) if {
	some policy in objects.of_kind("NetworkPolicy", "networking.k8s.io")
}

_selectors[scope] contains _plain(rule.endpointSelector) if {
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
	some policy in objects.of_kind(kind, "cilium.io")
	scope := {"CiliumNetworkPolicy": objects.namespace(policy), "CiliumClusterwideNetworkPolicy": "*"}[kind]
	some rule in array.concat([objects.spec(policy)], objects.array_of(objects.field(policy, "specs")))
}

# Cilium prefixes label keys with the source of the label.
_plain(selector) := object.union(object.remove(selector, ["matchLabels"]), {"matchLabels": {key: value |
	some prefixed, value in objects.object_of(objects.field(selector, "matchLabels"))
	not prefixed in {"k8s:io.kubernetes.pod.namespace", "io.kubernetes.pod.namespace"}
	key := trim_prefix(trim_prefix(prefixed, "k8s:"), "any:")
}})
