# METADATA
# title: Gateways speak HTTPS only
# description: |
#   Sign-in cookies and bearer tokens pass every listener. Each of them speaks HTTPS on 443 and ends TLS with the
#   platform's certificate; a plain listener would take a token in clear text before anything could redirect.
# custom:
#   id: agentweaver-https-listeners
#   severity: critical
#   pack: agentweaver
#   scope: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   remediation: >-
#     Set protocol HTTPS, port 443, tls.mode Terminate and a certificateRef on each listener.
#   references: ["https://gateway-api.sigs.k8s.io/guides/tls/", "agentweaver:G5"]
#   exceptionable: false
package sluice.agentweaver.https_listeners

import data.sluice.lib.objects

deny contains {"path": $"/spec/listeners/{index}/{field}", "message": $"listener {_name(index, listener)} has {field} {objects.text(found)} instead of {wanted}"} if {
	some index, listener in _listeners
	some field, wanted in {"protocol": "HTTPS", "port": 443}
	found := objects.field(listener, field)
	found != wanted
}

deny contains {"path": $"/spec/listeners/{index}/tls/mode", "message": $"listener {_name(index, listener)} does not end TLS: mode {objects.text(mode)}"} if {
	some index, listener in _listeners
	mode := object.get(objects.object_of(objects.field(listener, "tls")), "mode", "Terminate")
	mode != "Terminate"
}

deny contains {"path": $"/spec/listeners/{index}/tls/certificateRefs", "message": $"listener {_name(index, listener)} names no certificate"} if {
	some index, listener in _listeners
	count(objects.array_of(objects.field(objects.field(listener, "tls"), "certificateRefs"))) == 0
}

_listeners := objects.array_of(objects.field(objects.spec(input), "listeners"))

_name(index, listener) := objects.string_of(objects.field(listener, "name"), $"number {index}")
