# METADATA
# title: Quantities
# description: |
#   Kubernetes resource quantities as numbers. Anything that is no quantity is undefined.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
package sluice.lib.quantity

# METADATA
# description: |
#   The quantity as a plain number in its base unit: cores, bytes or a count.
value(quantity) := quantity if is_number(quantity)

value(quantity) := to_number(digits) * _factors[suffix] if {
	is_string(quantity)
	suffix := trim_left(quantity, "+-.0123456789")
	digits := trim_left(substring(quantity, 0, count(quantity) - count(suffix)), "+")
	_decimal(digits)
}

value(quantity) := to_number(quantity) if {
	is_string(quantity)
	suffix := trim_left(quantity, "+-.0123456789")
	suffix != quantity
	count(suffix) > 1
	substring(suffix, 0, 1) in {"e", "E"}
	exponent := trim_left(substring(suffix, 1, -1), "+-")
	exponent != ""
	trim(exponent, "0123456789") == ""
	count(exponent) < 4
}

# METADATA
# description: The quantity in thousandths, rounded up as the API server does; CPU in millicores.
milli(quantity) := ceil(value(quantity) * 1000)

# METADATA
# description: The quantity in whole units, rounded up; memory and storage in bytes.
bytes(quantity) := ceil(value(quantity))

_decimal(digits) if {
	trim_left(digits, "-") != ""
	trim(trim_left(digits, "-"), "0123456789") in {"", "."}
	trim(digits, "-.") != ""
}

_decimal(digits) if {
	parts := split(trim_left(digits, "-"), ".")
	count(parts) == 2
	every part in parts {
		part != ""
		trim(part, "0123456789") == ""
	}
}

_factors := {
	"n": 0.000000001,
	"u": 0.000001,
	"m": 0.001,
	"": 1,
	"k": 1000,
	"M": 1000000,
	"G": 1000000000,
	"T": 1000000000000,
	"P": 1000000000000000,
	"E": 1000000000000000000,
	"Ki": 1024,
	"Mi": 1048576,
	"Gi": 1073741824,
	"Ti": 1099511627776,
	"Pi": 1125899906842624,
	"Ei": 1152921504606846976,
}
