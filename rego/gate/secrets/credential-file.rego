# METADATA
# title: ConfigMaps hold no credential files
# description: |
#   A kubeconfig, a Docker configuration or a cloud service account file is a credential as a whole,
#   whatever its key in the ConfigMap is called.
# custom:
#   id: secrets-credential-file
#   severity: high
#   pack: secrets
#   scope: object
#   kinds: [ConfigMap]
#   remediation: >-
#     Use workload identity, or mount the file from a Secret that is not in Git.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.credential_file

import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"path": pointer.join("/data", [key]), "message": message} if {
	some key, value in objects.object_of(objects.field(input, "data"))
	is_string(value)
	what := _file(value)
	message := $"{key} is {what}"
}

_file(text) := "a kubeconfig with a client key" if contains(text, "client-key-data:")

_file(text) := "a Docker configuration with credentials" if {
	not contains(text, "client-key-data:")
	contains(text, "\"auths\"")
	regex.match(`"auths"\s*:\s*\{[^}]*"(auth|password)"`, text)
}

_file(text) := "a cloud service account file" if {
	not contains(text, "client-key-data:")
	contains(text, "\"service_account\"")
	contains(text, "\"private_key\"")
}
