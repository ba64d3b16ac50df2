# METADATA
# title: Roles do not reach the kubelet
# description: |
#   nodes/proxy is the kubelet's own API: with get alone its holder can run commands in every pod of the
#   node, past the API server's admission and audit.
# custom:
#   id: rbac-node-proxy
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Grant nodes/metrics or nodes/stats to programs that read metrics.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes
#   exceptionable: true
package sluice.rbac.node_proxy

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"nodes/proxy"}, {"get", "create", "update", "patch", "delete"})
	message := $"grants {rule.verbs} on nodes/proxy: commands in every pod"
}
