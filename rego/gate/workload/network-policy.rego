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
#   scope: object
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

deny contains {"path": _labels_path(pod), "message": "no network policy selects this pod: anybody may connect to it, and it to anybody"} if {
	some pod in pods.specs
	objects.field(pod.spec, "hostNetwork") != true
	not _selected(pod.labels)
}

_labels_path(pod) := $"{pod.templatePath}/metadata/labels"

_selected(labels) if {
	some policy in objects.of_kind("NetworkPolicy", "networking.k8s.io")
	objects.namespace(policy) == objects.namespace(input)
	selectors.selects(object.get(objects.spec(policy), "podSelector", {}), labels)
}

_selected(labels) if {
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
	some policy in objects.of_kind(kind, "cilium.io")
	objects.namespace(policy) in {"", objects.namespace(input)}
	some rule in array.concat([objects.spec(policy)], objects.array_of(objects.field(policy, "specs")))
	selectors.selects(_plain(rule.endpointSelector), labels)
}

# Cilium prefixes label keys with the source of the label.
_plain(selector) := object.union(object.remove(selector, ["matchLabels"]), {"matchLabels": {key: value |
	some prefixed, value in objects.object_of(objects.field(selector, "matchLabels"))
	not prefixed in {"k8s:io.kubernetes.pod.namespace", "io.kubernetes.pod.namespace"}
	key := trim_prefix(trim_prefix(prefixed, "k8s:"), "any:")
}})
