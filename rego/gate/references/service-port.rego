# METADATA
# title: Named target ports exist
# description: |
#   A Service may send to a port by name. A name that no container of the selected pods carries leaves the
#   Service without that port, silently.
# custom:
#   id: references-service-port
#   severity: high
#   pack: references
#   scope: graph
#   kinds: [Service]
#   remediation: >-
#     Name the container port, or correct targetPort.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
#   exceptionable: true
package sluice.references.service_port

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"target-port"})
