# METADATA
# title: TLS listeners have a certificate
# description: |
#   A listener that terminates TLS and names no certificate is never programmed: the Gateway gets no address
#   for it, and clients meet connection refused. Certificates that a provider takes from `tls.options`
#   count.
# custom:
#   id: gateway-tls-certificate
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Name a Secret in tls.certificateRefs, or pass TLS through to the backend with mode Passthrough.
#   references:
#     - https://gateway-api.sigs.k8s.io/guides/tls/
#   exceptionable: true
package sluice.gateway.tls_certificate

import data.sluice.lib.gateways
import data.sluice.lib.objects

deny contains {"path": $"{listener.path}/tls/certificateRefs", "message": message} if {
	some listener in gateways.listeners(input)
	listener.protocol in {"HTTPS", "TLS"}
	tls := objects.object_of(objects.field(listener.listener, "tls"))
	object.get(tls, "mode", "Terminate") == "Terminate"
	count(objects.array_of(objects.field(tls, "certificateRefs"))) == 0
	count(objects.object_of(objects.field(tls, "options"))) == 0
	message := $"listener {listener.name} terminates TLS without a certificate"
}
