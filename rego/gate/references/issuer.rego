# METADATA
# title: Issuers and secret stores exist
# description: |
#   A Certificate without its issuer and an ExternalSecret without its store never make their Secret, and
#   whatever mounts it waits.
# custom:
#   id: references-issuer
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [Certificate.cert-manager.io, ExternalSecret.external-secrets.io]
#   remediation: >-
#     Correct the name or kind (Issuer or ClusterIssuer, SecretStore or ClusterSecretStore). If something
#     outside of the input makes it, declare it as external with the reason.
#   references:
#     - https://cert-manager.io/docs/concepts/issuer/
#     - https://external-secrets.io/latest/api/secretstore/
#   exceptionable: true
package sluice.references.issuer

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"issuer", "secret-store"})
