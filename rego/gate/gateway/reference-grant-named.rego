# METADATA
# title: Grants on Secrets name the Secret
# description: |
#   A ReferenceGrant to Secrets without a name lets the other namespace's Gateways serve any TLS key of this
#   one, those that are added later included.
# custom:
#   id: gateway-reference-grant-named
#   severity: medium
#   pack: gateway
#   scope: object
#   kinds: [ReferenceGrant.gateway.networking.k8s.io]
#   remediation: >-
#     Add the name of the Secret to the entry in spec.to.
#   references:
#     - https://gateway-api.sigs.k8s.io/api-types/referencegrant/
#   exceptionable: true
package sluice.gateway.reference_grant_named

import data.sluice.lib.objects

deny contains {"path": $"/spec/to/{index}", "message": $"opens every Secret of the namespace to {from}"} if {
	some index, target in objects.array_of(objects.field(objects.spec(input), "to"))
	target.kind == "Secret"
	objects.string_of(objects.field(target, "name"), "") == ""
	from := concat(", ", sort({text |
		some source in objects.array_of(objects.field(objects.spec(input), "from"))
		kind := objects.string_of(objects.field(source, "kind"), "anything")
		namespace := objects.string_of(objects.field(source, "namespace"), "no namespace")
		text := $"{kind} of {namespace}"
	}))
}
