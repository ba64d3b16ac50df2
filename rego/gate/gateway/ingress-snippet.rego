# METADATA
# title: Ingresses carry no configuration snippets
# description: |
#   A snippet annotation puts its text into the configuration of the shared ingress controller. Whoever may
#   write it reads every Secret that the controller can read, hence of the whole cluster (CVE-2021-25742).
# custom:
#   id: gateway-ingress-snippet
#   severity: high
#   pack: gateway
#   scope: object
#   kinds: [Ingress.networking.k8s.io]
#   remediation: >-
#     Use the controller's own annotations, and switch snippets off in its configuration.
#   references:
#     - https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
#     - https://nvd.nist.gov/vuln/detail/CVE-2021-25742
#   exceptionable: true
package sluice.gateway.ingress_snippet

import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"path": pointer.join("/metadata/annotations", [key]), "message": message} if {
	some key, _ in objects.annotations(input)
	startswith(key, "nginx.ingress.kubernetes.io/")
	endswith(key, "-snippet")
	name := trim_prefix(key, "nginx.ingress.kubernetes.io/")
	message := $"{name} writes into the configuration of the shared controller"
}
