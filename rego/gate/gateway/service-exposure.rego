# METADATA
# title: Services are published by gateways
# description: |
#   A Service of type LoadBalancer gives its pods an address of their own on the network outside, past the
#   gateway with its TLS, authentication and logs; one of type NodePort opens a port on every node. Load
#   balancers that are internal or limited to source ranges are not judged.
# custom:
#   id: gateway-service-exposure
#   severity: medium
#   pack: gateway
#   scope: object
#   kinds: [Service]
#   remediation: >-
#     Use type ClusterIP and a route; for a load balancer that must be, set loadBalancerSourceRanges or
#     the provider's annotation for an internal one.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
#   exceptionable: true
package sluice.gateway.service_exposure

import data.sluice.lib.objects

deny contains {"path": "/spec/type", "message": message} if {
	type := objects.spec(input).type
	message := _message[type]
	not _limited(type)
}

_message := {
	"LoadBalancer": "type LoadBalancer publishes the pods past every gateway, to everybody",
	"NodePort": "type NodePort opens a port of every node",
}

_limited("LoadBalancer") if {
	count(objects.array_of(objects.field(objects.spec(input), "loadBalancerSourceRanges"))) > 0
}

_limited("LoadBalancer") if {
	some key, value in objects.annotations(input)
	lower(value) in _internal[key]
}

_internal := {
	"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
	"service.beta.kubernetes.io/aws-load-balancer-internal": {"true"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
	"networking.gke.io/load-balancer-type": {"internal"},
}
