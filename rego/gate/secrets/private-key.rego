# METADATA
# title: No private key stands in a manifest
# description: |
#   The header of a PEM private key outside of a Secret: whoever reads the repository can act as the service
#   whose key it is, and read its traffic.
# custom:
#   id: secrets-private-key
#   severity: critical
#   pack: secrets
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Replace the key pair, and let cert-manager or a vault bring the new key into the cluster.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.private_key

import data.sluice.lib.credentials

deny contains {"path": path, "message": "a private key stands here"} if {
	credentials.marked(["PRIVATE KEY-----"])
	some [path, value] in credentials.texts
	contains(value, "PRIVATE KEY-----")
	contains(value, "-----BEGIN ")
}
