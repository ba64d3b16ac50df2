# METADATA
# title: Roles do not approve certificates
# description: |
#   Whoever may approve or sign for the signer of client certificates makes a certificate for any user name,
#   cluster administrators included, that cannot be revoked. Writing the approval is not enough without the
#   verb on the signer, so that verb is judged.
# custom:
#   id: rbac-certificate-approval
#   severity: critical
#   pack: rbac
#   scope: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   remediation: >-
#     Limit the rule by resourceNames to a signer of your own, such as example.com/internal, or leave client
#     certificates to the cluster's own controllers.
#   references:
#     - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing
#     - https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
#   exceptionable: true
package sluice.rbac.certificate_approval

import data.sluice.lib.rbac

deny contains {"path": rule.path, "message": message} if {
	some rule in rbac.granting("certificates.k8s.io", {"signers"}, {"approve", "sign"})
	some signer in array.concat(rule.names, _any(rule))
	signer in _client_signers
	message := $"grants {rule.verbs} for {signer}, whose certificates are any user of the cluster"
}

_any(rule) := ["every signer"] if count(rule.names) == 0

else := []

_client_signers := {"every signer", "kubernetes.io/*", "kubernetes.io/kube-apiserver-client"}
