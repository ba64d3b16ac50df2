# METADATA
# title: No two Ingress rules claim the same path
# description: |
#   Two Ingresses of one class with the same host, path and path type: which backend gets the requests
#   depends on the controller, commonly on age. Another namespace can take over a path that way.
# custom:
#   id: gateway-ingress-duplicate
#   severity: high
#   pack: gateway
#   scope: graph
#   kinds: [Ingress.networking.k8s.io]
#   remediation: >-
#     Remove one of the paths, or change its host or path.
#   references:
#     - https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches
#   exceptionable: true
package sluice.gateway.ingress_duplicate

import data.sluice.lib.objects

deny contains {"object": later.ingress, "path": later.path, "message": message} if {
	some key, entries in _by_key
	count(entries) > 1
	first := sort([[entry.position, entry.name] | some entry in entries])[0]
	some later in entries
	later.position != first[0]
	message := $"{later.text} is claimed by Ingress {first[1]} as well"
}

_by_key[key] contains entry if {
	some index, ingress in objects.of_kind("Ingress", "networking.k8s.io")
	not "nginx.ingress.kubernetes.io/canary" in object.keys(objects.annotations(ingress))
	some number, rule in objects.array_of(objects.field(objects.spec(ingress), "rules"))
	some position, path in objects.array_of(rule.http.paths)
	host := objects.string_of(objects.field(rule, "host"), "every host")
	value := objects.string_of(objects.field(path, "path"), "/")
	class := objects.string_of(objects.field(objects.spec(ingress), "ingressClassName"), "")
	key := concat(" ", [class, host, value, objects.string_of(objects.field(path, "pathType"), "")])
	entry := {
		"position": [index, number, position],
		"name": objects.full_name(ingress),
		"text": $"path {value} of {host}",
		"path": $"/spec/rules/{number}/http/paths/{position}",
		"ingress": {
			"apiVersion": ingress.apiVersion,
			"kind": ingress.kind,
			"namespace": objects.namespace(ingress),
			"name": objects.name(ingress),
		},
	}
}
