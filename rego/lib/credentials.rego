# METADATA
# title: Credentials
# description: |
#   How a credential looks. Written to miss some rather than to cry wolf: a value that refers to something else
#   ($(NAME), ${NAME}, {{ name }}, <name>, a path) is no credential.
package sluice.lib.credentials

import data.sluice.lib.pointer

# METADATA
# description: |
#   Every string of `input` with the JSON pointer to it, as [path, value]; nothing of a Secret, whose values are
#   the business of a rule of their own.
strings := [[pointer.join("", path), value] |
	input.kind != "Secret"
	walk(input, [path, value])
	is_string(value)
	count(value) > 7
]

# METADATA
# description: True for a name, in any case style, that ends in a word for something secret.
secret_name(name) if {
	regex.match(`(?i)(password|passwd|passphrase|secret|token|api[_.-]?key|access[_.-]?key|account[_.-]?key|private[_.-]?key|signing[_.-]?key|encryption[_.-]?key|credentials?|connection[_.-]?string)$`, name)
	not regex.match(`(?i)(pull|tls|cert|ca|max|no|use|enable|disable|require|skip|mount|automount)[_.-]?[a-z]*[_.-]?(secret|token|password|credentials?)$`, name)
}

# METADATA
# description: True for a value that stands for itself and could be a credential.
literal(value) if {
	is_string(value)
	bare := trim(value, " \t\r\n\"'")
	bare != ""
	not regex.match(`^([$<{%*/]|\.{1,2}/|[a-z]+://|file:|secret:|vault:|env:)`, bare)
	not lower(bare) in {"true", "false", "yes", "no", "on", "off", "null", "none"}
	not regex.match(`^[0-9.]+[a-z]{0,2}$`, bare)
}
