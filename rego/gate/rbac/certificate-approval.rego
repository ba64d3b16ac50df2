# METADATA
# title: Roles do not approve certificates
# description: |
#   Approving a CertificateSigningRequest issues a client certificate for any user name, system:masters
#   included, that cannot be revoked.
# custom:
#   id: rbac-certificate-approval
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Limit approval to a signer by resourceNames, or leave it to the cluster's own controllers.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing
#   exceptionable: true
package sluice.rbac.certificate_approval

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("certificates.k8s.io", {"certificatesigningrequests/approval", "certificatesigningrequests/status", "signers"}, {"update", "patch", "approve", "sign"})
	count(rule.names) == 0
	message := $"grants {rule.verbs} on {rule.resources}"
}
