# METADATA
# title: References
# description: |
#   What became of the fields that point at other objects. The facts come from the analysis of the whole input;
#   rules only choose which of them matter, and how much.
package sluice.lib.references

# METADATA
# description: |
#   Findings for the references of these types whose target, or the key, port or section they name in it, is
#   neither in the input nor declared as external. References that may be absent are left out.
broken(types) := with_status(types, {"missing", "missing-key", "missing-port", "missing-section"})

# METADATA
# description: Findings for the references of these types that have one of these statuses.
with_status(types, statuses) := {finding |
	some reference in data.facts.references
	reference.type in types
	reference.status in statuses
	reference.optional == false
	finding := {"object": reference.from, "path": reference.path, "message": reference.detail}
}
