# METADATA
# title: Roles do not change admission
# description: |
#   A mutating webhook sees every object that is written, Secrets in clear, and may change it; a validating
#   one can stop the cluster. Whoever writes webhook configurations or admission policies stands above every
#   rule that they enforce.
# custom:
#   id: rbac-admission-write
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Let the GitOps repository own them; grant a certificate injector update on its own configuration by
#     resourceNames.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks
#   exceptionable: true
package sluice.rbac.admission_write

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("admissionregistration.k8s.io", {"mutatingwebhookconfigurations", "validatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", "validatingadmissionpolicies", "validatingadmissionpolicybindings"}, {"create", "update", "patch", "delete", "deletecollection"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on {rule.resources}"
}
