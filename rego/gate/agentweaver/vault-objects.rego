# METADATA
# title: One provider fetches exactly the application's secrets
# description: |
#   One static SecretProviderClass reads the GitHub client id and secret and the signing key from Key Vault, with
#   the identity of the API's service account. A second one, or another object in it, widens what a pod can read;
#   a missing object keeps every pod that mounts it from starting. The list is YAML inside a YAML string, where a
#   slip shows only in the driver's log.
# custom:
#   id: agentweaver-vault-objects
#   severity: high
#   pack: agentweaver
#   scope: graph
#   kinds: [SecretProviderClass, ServiceAccount]
#   remediation: >-
#     Emit one SecretProviderClass whose objects are github-client-id, github-client-secret and
#     mcp-oauth-signing-key (and appinsights-connection-string where Application Insights is on), with clientID
#     and tenantId of the service account.
#   references: ["https://azure.github.io/secrets-store-csi-driver-provider-azure/docs/getting-started/usage/", "agentweaver:I8"]
#   exceptionable: false
package sluice.agentweaver.vault_objects

import data.sluice.lib.agentweaver
import data.sluice.lib.objects

deny contains {"object": agentweaver.platform, "path": "", "message": "there is no SecretProviderClass, so no pod gets the application's secrets"} if count(_providers) == 0

deny contains {"object": provider, "path": "", "message": $"SecretProviderClass {objects.name(provider)} is one of {count(_providers)}; the platform has one"} if {
	count(_providers) > 1
	some provider in _providers
}

deny contains {"object": provider, "path": "/spec/parameters/objects", "message": $"vault object {name} is not fetched"} if {
	some provider in _providers
	some name in _wanted
	not name in agentweaver.vault_objects(provider)
}

deny contains {"object": provider, "path": "/spec/parameters/objects", "message": $"vault object {name} is fetched, but no pod of the platform reads it"} if {
	some provider in _providers
	some name in agentweaver.vault_objects(provider)
	not name in _wanted
	not name in _optional
}

deny contains {"object": provider, "path": "/spec/parameters/objects", "message": $"line {index + 1} of the vault objects is not of the form the driver reads: a list `array` of strings, each a map of objectName and objectType"} if {
	some provider in _providers
	lines := split(provider.spec.parameters.objects, "\n")
	some index, line in lines
	not _readable(index, line)
}

deny contains {"object": provider, "path": $"/spec/parameters/{parameter}", "message": $"{parameter} of SecretProviderClass {objects.name(provider)} is not the {annotation} of service account agentweaver-api"} if {
	some provider in _providers
	some account in objects.of_kind("ServiceAccount", "")
	objects.name(account) == "agentweaver-api"
	some parameter, annotation in {"clientID": "azure.workload.identity/client-id", "tenantId": "azure.workload.identity/tenant-id"}
	objects.field(objects.field(objects.spec(provider), "parameters"), parameter) != objects.field(objects.annotations(account), annotation)
}

_providers := objects.of_kind("SecretProviderClass", "secrets-store.csi.x-k8s.io")

_wanted := {"github-client-id", "github-client-secret", "mcp-oauth-signing-key"}

_optional := {"appinsights-connection-string" | _application_insights}

_application_insights if {
	some template in agentweaver.templates
	some entry in agentweaver.containers(template)
	count(agentweaver.secret_keys(entry, "APPLICATIONINSIGHTS_CONNECTION_STRING")) > 0
}

_readable(0, line) if regex.match(`^array:\s*$`, line)

_readable(index, line) if {
	index > 0
	regex.match(`^\s*$|^\s*- [|>][0-9]?[-+]?\s*$|^\s+object[A-Z][A-Za-z]+:\s+["']?[A-Za-z0-9-]+["']?\s*$|^\s*- "(object[A-Z][A-Za-z]+: [A-Za-z0-9-]+(\\n)?)+"\s*$`, line)
}
