# METADATA
# title: No name pattern covers other people's domains
# description: |
#   A pattern such as "*" or "*.com" allows names that anybody can register, and with them any address in the
#   world that its owner points them at. A pattern stays below one domain that one party owns.
# custom:
#   id: agentweaver-names-are-narrow
#   severity: high
#   pack: agentweaver
#   scope: object
#   kinds: [CiliumNetworkPolicy.cilium.io, CiliumClusterwideNetworkPolicy.cilium.io]
#   remediation: >-
#     Write the domain out and put the wildcard in front of it, such as *.npmjs.org.
#   references: ["https://docs.cilium.io/en/stable/security/policy/language/#dns-based", "https://publicsuffix.org", "agentweaver:N8"]
#   exceptionable: false
package sluice.agentweaver.names_are_narrow

import data.sluice.lib.agentweaver_network as network
import data.sluice.lib.objects

deny contains {"path": $"{entry.path}/egress/{index}/toFQDNs/{at}/matchPattern", "message": $"pattern {objects.text(pattern)} covers domains of anybody"} if {
	some entry in network.cilium_specs(input)
	some index, rule in objects.array_of(objects.field(entry.spec, "egress"))
	some at, name in objects.array_of(objects.field(rule, "toFQDNs"))
	pattern := object.get(name, "matchPattern", null)
	pattern != null
	_wide(pattern)
}

_wide(pattern) if not is_string(pattern)

_wide(pattern) if {
	is_string(pattern)
	count(_labels(pattern)) < 2
}

_wide(pattern) if {
	labels := _labels(pattern)
	last := array.slice(labels, count(labels) - 2, count(labels))
	contains(concat(".", last), "*")
}

_wide(pattern) if {
	labels := _labels(pattern)
	count(labels) < 4
	last := array.slice(labels, count(labels) - 2, count(labels))
	concat(".", last) in _suffixes
	contains(array.slice(labels, 0, count(labels) - 2)[0], "*")
}

_labels(pattern) := split(trim_suffix(lower(pattern), "."), ".")

# Names of two labels below which everybody gets a domain; the common ones of countries and of hosting.
_suffixes := {
	"co.uk",
	"org.uk",
	"com.au",
	"co.jp",
	"com.br",
	"com.cn",
	"co.in",
	"co.nz",
	"co.za",
	"com.mx",
	"com.tr",
	"github.io",
	"gitlab.io",
	"vercel.app",
	"netlify.app",
	"pages.dev",
	"workers.dev",
	"herokuapp.com",
	"azurewebsites.net",
	"cloudapp.net",
	"cloudfront.net",
	"amazonaws.com",
	"appspot.com",
	"web.app",
	"run.app",
	"windows.net",
	"ngrok.io",
}
