# METADATA
# title: Warm pools that claims name exist
# description: |
#   A claim on a warm pool that does not exist is never bound.
# custom:
#   id: references-warm-pool
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [SandboxClaim.extensions.agents.x-k8s.io]
#   remediation: >-
#     Correct the name, or add the SandboxWarmPool. If something outside of the input makes it, declare it
#     as external with the reason.
#   references:
#     - https://agent-sandbox.sigs.k8s.io/
#   exceptionable: true
package sluice.references.warm_pool

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"warm-pool"})
