# METADATA
# title: Sandbox templates that pools and claims name exist
# description: |
#   A warm pool of a template that does not exist keeps no sandboxes, and a claim is never bound: agents
#   wait until their timeout.
# custom:
#   id: references-sandbox-template
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [SandboxWarmPool.extensions.agents.x-k8s.io, SandboxClaim.extensions.agents.x-k8s.io]
#   remediation: >-
#     Correct the name, or add the SandboxTemplate. If something outside of the input makes it, declare it
#     as external with the reason.
#   references:
#     - https://agent-sandbox.sigs.k8s.io/
#   exceptionable: true
package sluice.references.sandbox_template

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"sandbox-template"})
