# METADATA
# title: No Secret asks for a token that never expires
# description: |
#   A Secret of type kubernetes.io/service-account-token makes the cluster write a token into it that is
#   valid until the Secret is deleted, readable by whoever may read Secrets. Tokens that pods get by
#   themselves are short-lived and bound to the pod.
# custom:
#   id: secrets-account-token
#   severity: medium
#   pack: secrets
#   scope: object
#   kinds: [Secret]
#   remediation: >-
#     Use a projected serviceAccountToken volume in the cluster, or the TokenRequest API from outside.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
#   exceptionable: true
package sluice.secrets.account_token

deny contains {"path": "/type", "message": "the cluster writes a token into this Secret that never expires"} if {
	input.type == "kubernetes.io/service-account-token"
}
