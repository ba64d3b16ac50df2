# METADATA
# title: Roles do not open shells in pods
# description: |
#   exec, attach and ephemeral containers run anything inside a running pod, with its identity, its secrets
#   and its network position; port-forward reaches what its policies protect. An audit log shows that it
#   happened, not what was done.
# custom:
#   id: rbac-pod-exec
#   severity: high
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Remove the rule; where a controller must run commands in sandboxes, keep it to a namespace that
#     holds nothing else.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   exceptionable: true
package sluice.rbac.pod_exec

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("", {"pods/exec", "pods/attach", "pods/ephemeralcontainers", "pods/portforward"}, {"create", "get", "update", "patch"})
	message := $"grants {rule.verbs} on {rule.resources}"
}
