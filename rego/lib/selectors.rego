# METADATA
# title: Label selectors
# description: LabelSelector as the API server evaluates it; an empty selector selects everything.
package sluice.lib.selectors

import data.sluice.lib.objects

# METADATA
# description: True when a LabelSelector (matchLabels and matchExpressions) selects these labels.
selects(selector, labels) if {
	is_object(selector)
	is_object(labels)
	has_all(objects.object_of(objects.field(selector, "matchLabels")), labels)
	every requirement in objects.array_of(objects.field(selector, "matchExpressions")) {
		_meets(requirement, labels)
	}
}

# METADATA
# description: True when the labels carry every key and value wanted, as a Service selector asks.
has_all(wanted, labels) if {
	is_object(wanted)
	is_object(labels)
	every key, value in wanted {
		labels[key] == value
	}
}

_meets(requirement, labels) if {
	requirement.operator == "In"
	_listed(requirement, labels)
}

_meets(requirement, labels) if {
	requirement.operator == "NotIn"
	not _listed(requirement, labels)
}

_meets(requirement, labels) if {
	requirement.operator == "Exists"
	requirement.key in object.keys(labels)
}

_meets(requirement, labels) if {
	requirement.operator == "DoesNotExist"
	not requirement.key in object.keys(labels)
}

_listed(requirement, labels) if labels[requirement.key] in objects.array_of(requirement.values)
