# METADATA
# title: Target port numbers are ports that containers declare
# description: |
#   Containers need not declare their ports, but these do, and not the one that the Service sends to. Mostly
#   one of the two numbers was changed and the other forgotten; connections are then refused.
# custom:
#   id: references-undeclared-port
#   severity: low
#   pack: references
#   scope: graph
#   kinds: [Service]
#   remediation: >-
#     Correct the number, or declare the port in the container; best, name it there and use the name here.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
#   exceptionable: true
package sluice.references.undeclared_port

import data.sluice.lib.references

deny contains finding if some finding in references.with_status({"target-port"}, {"undeclared-port"})
