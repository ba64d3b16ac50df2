# METADATA
# title: ConfigMaps hold no secrets
# description: |
#   A ConfigMap is not protected as a Secret is: it is not encrypted at rest, "view" may read it, and tools
#   print it. A key whose name says password, token or key belongs elsewhere.
# custom:
#   id: secrets-config-map-literal
#   severity: high
#   pack: secrets
#   scope: object
#   kinds: [ConfigMap]
#   remediation: >-
#     Move the value to a Secret that is not in Git. If it is no secret, choose a name that does not say
#     so.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/configmap/
#   exceptionable: true
package sluice.secrets.config_map_literal

import data.sluice.lib.credentials
import data.sluice.lib.objects
import data.sluice.lib.pointer

deny contains {"path": pointer.join("/data", [key]), "message": message} if {
	some key, value in objects.object_of(objects.field(input, "data"))
	credentials.secret_name(key)
	credentials.literal(value)
	message := $"the value of {key} stands in a ConfigMap"
}
