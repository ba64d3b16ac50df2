# METADATA
# title: No Secret object carries its values
# description: |
#   A Secret in a Git repository is read by everyone who can read the repository, its backups and its build
#   logs, and stays in the history after it is deleted. base64 hides nothing. A Secret without values,
#   encrypted by SOPS, or made in the cluster by an operator is fine, and so is a CA certificate, which is
#   public.
# custom:
#   id: secrets-secret-values
#   severity: high
#   pack: secrets
#   scope: object
#   kinds: [Secret]
#   remediation: >-
#     Keep the value in a vault and bring it in by External Secrets, the Secrets Store CSI driver, Sealed
#     Secrets or SOPS. Change the value: it is known now.
#   references:
#     - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
#   exceptionable: true
package sluice.secrets.secret_values

import data.sluice.lib.objects

deny contains {"path": $"/{field}", "message": message} if {
	objects.field(input, "sops") == null
	some field in ["data", "stringData"]
	keys := sort([key |
		some key, value in objects.object_of(objects.field(input, field))
		is_string(value)
		value != ""
		key != "ca.crt"
		not startswith(value, "ENC[")
	])
	count(keys) > 0
	list := concat(", ", keys)
	message := $"the values of {list} stand in the manifest"
}
