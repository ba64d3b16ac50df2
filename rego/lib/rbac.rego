# METADATA
# title: RBAC
# description: |
#   What Roles and ClusterRoles grant and whom bindings name. Wildcard resources are a finding of their own, so
#   `granting` looks only at resources that are named; a wildcard verb of a named resource counts as every verb.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/
package sluice.lib.rbac

import data.sluice.lib.objects

# METADATA
# description: The rules of `input`, as {path, groups, resources, verbs, names}, each a list of strings.
rules := [entry |
	some index, rule in objects.array_of(objects.field(input, "rules"))
	is_object(rule)
	entry := {
		"path": $"/rules/{index}",
		"groups": _strings(rule, "apiGroups"),
		"resources": _strings(rule, "resources"),
		"verbs": _strings(rule, "verbs"),
		"names": _strings(rule, "resourceNames"),
	}
]

# METADATA
# description: |
#   Rules of `input` that grant one of the verbs on one of the resources (plural names, `pods/exec` for a
#   subresource) of an API group, as {path, verbs, resources, names}; verbs and resources as text for a message.
granting(group, resources, verbs) := {entry |
	some rule in rules
	_covers(rule.groups, group)
	granted := [verb |
		some verb in rule.verbs
		verb in (verbs | {"*"})
	]
	count(granted) > 0
	named := [resource |
		some resource in rule.resources
		resource in resources
	]
	count(named) > 0
	entry := {
		"path": rule.path,
		"verbs": concat(", ", granted),
		"resources": concat(", ", named),
		"names": rule.names,
	}
}

# METADATA
# description: Subjects of `input`, a RoleBinding or ClusterRoleBinding, as {path, kind, name, subject}.
subjects := [entry |
	some index, subject in objects.array_of(objects.field(input, "subjects"))
	is_object(subject)
	entry := {
		"path": $"/subjects/{index}",
		"kind": objects.string_of(objects.field(subject, "kind"), ""),
		"name": objects.string_of(objects.field(subject, "name"), ""),
		"subject": subject,
	}
]

# METADATA
# description: The role that `input` binds, as `ClusterRole admin`.
role := concat(" ", [
	objects.string_of(objects.field(objects.field(input, "roleRef"), "kind"), "role"),
	objects.string_of(objects.field(objects.field(input, "roleRef"), "name"), "(none)"),
])

_strings(rule, field) := [value |
	some value in objects.array_of(objects.field(rule, field))
	is_string(value)
]

_covers(groups, group) if group in groups

_covers(groups, _) if "*" in groups
