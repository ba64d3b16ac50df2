# METADATA
# title: Gateways are of the cluster's Istio class
# description: |
#   The cluster's application routing add-on serves one class, approuting-istio where the installation names no
#   other, and labels the pods that the network policies let in. A Gateway of another class is never programmed,
#   or by a controller whose pods no policy knows.
# custom:
#   id: agentweaver-gateway-class
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Set gatewayClassName to approuting-istio, or to gateway.className of the environment.
#   references: ["https://gateway-api.sigs.k8s.io/api-types/gatewayclass/", "agentweaver:G8"]
#   exceptionable: true
package sluice.agentweaver.gateway_class

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"path": "/spec/gatewayClassName", "message": $"Gateway {objects.name(input)} is of class {objects.text(class)} instead of {agentweaver.gateway_class}"} if {
	class := objects.field(objects.spec(input), "gatewayClassName")
	class != agentweaver.gateway_class
}
