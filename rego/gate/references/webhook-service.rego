# METADATA
# title: Services of webhooks exist
# description: |
#   The API server calls a webhook by its Service. When that does not exist, or not with the port, every
#   request that the webhook is asked about fails (or, with failurePolicy Ignore, is let through unchecked).
# custom:
#   id: references-webhook-service
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - ValidatingWebhookConfiguration.admissionregistration.k8s.io
#     - MutatingWebhookConfiguration.admissionregistration.k8s.io
#     - CustomResourceDefinition.apiextensions.k8s.io
#     - APIService.apiregistration.k8s.io
#   remediation: >-
#     Correct the name, namespace or port, or add the Service. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
#   exceptionable: true
package sluice.references.webhook_service

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"webhook-service"})
