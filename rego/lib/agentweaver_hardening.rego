# METADATA
# title: Hardening of Agentweaver's containers
# description: What every container of the platform has in its security context, or its pod has for it.
package sluice.lib.agentweaver_hardening

import data.sluice.lib.objects
import data.sluice.lib.pods

# METADATA
# description: What a container lacks of running as uid 1000 without capabilities, as {field, what}.
user(entry) := ({lack |
	some field, wanted in {"runAsNonRoot": true, "runAsUser": 1000}
	found := pods.security(entry, field)
	found != wanted
	lack := {"field": field, "what": $"runs with {field} {_shown(found)} instead of {wanted}"}
} | {lack |
	not "ALL" in _dropped(entry)
	lack := {"field": "capabilities", "what": "does not drop ALL capabilities"}
}) | {lack |
	some added in objects.array_of(objects.field(pods.own_security(entry, "capabilities"), "add"))
	lack := {"field": "capabilities/add", "what": $"adds capability {objects.text(added)}"}
}

# METADATA
# description: True when no program of the container can gain privileges.
keeps_privileges(entry) if pods.own_security(entry, "allowPrivilegeEscalation") == false

_dropped(entry) := objects.array_of(objects.field(pods.own_security(entry, "capabilities"), "drop"))

_shown(null) := "not set"

_shown(value) := objects.text(value) if value != null
