# METADATA
# title: Policies, filters and parameters point at something
# description: |
#   A policy of a target that does not exist protects nothing; a route with a filter that does not exist
#   answers with status 500; parameters that do not exist leave a Gateway unprogrammed.
# custom:
#   id: references-policy-target
#   severity: medium
#   pack: references
#   scope: graph
#   kinds:
#     - BackendTLSPolicy.gateway.networking.k8s.io
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - Gateway.gateway.networking.k8s.io
#     - GatewayClass.gateway.networking.k8s.io
#     - IngressClass.networking.k8s.io
#     - ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io
#   remediation: >-
#     Correct the name, group or kind. If something outside of the input makes it, declare it as external
#     with the reason.
#   references:
#     - https://gateway-api.sigs.k8s.io/reference/policy-attachment/
#   exceptionable: true
package sluice.references.policy_target

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"policy-target", "filter", "parameters", "admission-policy"})
