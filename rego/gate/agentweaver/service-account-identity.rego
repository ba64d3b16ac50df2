# METADATA
# title: Both service accounts name one Azure identity
# description: |
#   The API and the agent hosts share one managed identity through two federated credentials. A service account
#   without its client and tenant id, or with another one than its sibling, gets no token from Entra or one
#   without rights on the vault.
# custom:
#   id: agentweaver-service-account-identity
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [ServiceAccount]
#   remediation: >-
#     Annotate ServiceAccounts agentweaver-api and agentweaver-agent-host with the same, non-empty
#     azure.workload.identity/client-id and azure.workload.identity/tenant-id.
#   references: ["https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html", "agentweaver:I6"]
#   exceptionable: false
package sluice.agentweaver.service_account_identity

import data.sluice.lib.agentweaver
import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"object": agentweaver.platform, "path": "", "message": $"there is no ServiceAccount {name}"} if {
	some name in _names
	count([account | some account in _accounts; objects.name(account) == name]) == 0
}

deny contains {"object": account, "path": pointer.join("/metadata/annotations", [key]), "message": $"ServiceAccount {objects.name(account)} has no usable {key}"} if {
	some account in _accounts
	some key in _keys
	not _usable(objects.field(objects.annotations(account), key))
}

deny contains {"object": account, "path": pointer.join("/metadata/annotations", [key]), "message": $"ServiceAccounts agentweaver-api and agentweaver-agent-host differ in {key}"} if {
	some account in _accounts
	objects.name(account) == "agentweaver-agent-host"
	some other in _accounts
	objects.name(other) == "agentweaver-api"
	some key in _keys
	objects.annotations(account)[key] != objects.annotations(other)[key]
}

_names := {"agentweaver-api", "agentweaver-agent-host"}

_keys := {"azure.workload.identity/client-id", "azure.workload.identity/tenant-id"}

_accounts := [account |
	some account in objects.of_kind("ServiceAccount", "")
	objects.name(account) in _names
]

_usable(value) if {
	is_string(value)
	trim_space(value) != ""
	not contains(value, "${")
}
