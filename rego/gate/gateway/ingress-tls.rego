# METADATA
# title: Ingress hosts are served over TLS
# description: |
#   A host of an Ingress that no entry of spec.tls covers is served in clear, cookies and tokens included.
#   Certificates that AWS and Google load balancers take from annotations count.
# custom:
#   id: gateway-ingress-tls
#   severity: medium
#   pack: gateway
#   scope: object
#   kinds: [Ingress.networking.k8s.io]
#   remediation: >-
#     Add the host to an entry of spec.tls with the Secret of its certificate.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
#   exceptionable: true
package sluice.gateway.ingress_tls

import data.sluice.lib.objects

deny contains {"path": $"/spec/rules/{index}/host", "message": $"{host} is served without TLS"} if {
	count({key | some key, _ in objects.annotations(input)} & _annotations) == 0
	some index, rule in objects.array_of(objects.field(objects.spec(input), "rules"))
	host := objects.string_of(objects.field(rule, "host"), "every host")
	not _covered(host)
}

_covered(host) if {
	some entry in objects.array_of(objects.field(objects.spec(input), "tls"))
	hosts := objects.array_of(objects.field(entry, "hosts"))
	_fits(host, hosts)
}

_fits(_, hosts) if count(hosts) == 0

_fits(host, hosts) if host in hosts

_fits(host, hosts) if {
	labels := split(host, ".")
	concat(".", array.concat(["*"], array.slice(labels, 1, count(labels)))) in hosts
}

_annotations := {
	"alb.ingress.kubernetes.io/certificate-arn",
	"ingress.gcp.kubernetes.io/pre-shared-cert",
	"networking.gke.io/managed-certificates",
}
