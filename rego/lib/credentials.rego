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
#   the business of a rule of their own, nor of a resource definition, whose examples are documentation.
texts := [[pointer.join("", path), value] |
	_searched
	walk(input, [path, value])
	is_string(value)
	count(value) > 7
]

# METADATA
# description: |
#   True when the text of `input` holds one of these marks. Far cheaper than going through its strings, which is
#   then worth it. (Regular expressions are compiled anew for each object.)
marked(marks) if {
	_searched
	text := json.marshal(input)
	some mark in marks
	contains(text, mark)
}

_searched if not input.kind in {"Secret", "CustomResourceDefinition"}

# METADATA
# description: True for a name, in any case style, that ends in a word for something secret.
secret_name(name) if {
	plain := strings.replace_n({"_": "", "-": "", ".": ""}, lower(name))
	some word in _words
	endswith(plain, word)
	not _harmless_name(name, plain)
}

_words := [
	"password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "accountkey", "privatekey",
	"signingkey", "encryptionkey", "credential", "credentials", "connectionstring",
]

# Names of Secret objects, limits of tokens, and switches.
_harmless_name(_, plain) if {
	some ending in [
		"pullsecret", "tlssecret", "certsecret", "casecret", "usetoken", "enabletoken", "disabletoken", "requiretoken",
		"requirepassword", "skippassword", "mounttoken", "maxtoken",
	]
	endswith(plain, ending)
}

_harmless_name(name, _) if {
	split(replace(trim_left(lower(name), "-"), "-", "_"), "_")[0] in {
		"use", "enable", "disable", "require", "skip", "no", "max",
	}
}

# METADATA
# description: True for a value that stands for itself and could be a credential.
literal(value) if {
	is_string(value)
	bare := trim(value, " \t\r\n\"'")
	bare != ""
	not substring(bare, 0, 1) in {"$", "<", "{", "%", "*", "/"}
	not contains(bare, "://")
	not _reference(bare)
	not lower(bare) in {"true", "false", "yes", "no", "on", "off", "null", "none"}
	not _number(bare)
}

_reference(bare) if {
	some start in ["./", "../", "file:", "secret:", "vault:", "env:"]
	startswith(bare, start)
}

# 4096, 1.5Gi, 30s
_number(bare) if {
	unit := trim_left(bare, "0123456789.")
	unit != bare
	count(unit) < 3
}
