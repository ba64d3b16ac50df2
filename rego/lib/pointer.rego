# METADATA
# title: JSON pointers
# description: Paths of findings, RFC 6901.
package sluice.lib.pointer

# METADATA
# description: One reference token, escaped.
escape(key) := replace(replace($"{key}", "~", "~0"), "/", "~1")

# METADATA
# description: A pointer with tokens (keys or indexes) added to its end.
join(base, tokens) := concat("", array.concat([base], [$"/{escape(token)}" | some token in tokens]))
