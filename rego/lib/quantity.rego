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

value(quantity) := (_sign(digits) * _number(_decimal(digits), "")) * _factors[suffix] if {
	is_string(quantity)
	suffix := trim_left(quantity, "+-.0123456789")
	digits := substring(quantity, 0, count(quantity) - count(suffix))
}

value(quantity) := _sign(digits) * _number(_decimal(digits), suffix) if {
	is_string(quantity)
	suffix := trim_left(quantity, "+-.0123456789")
	substring(suffix, 0, 1) in {"e", "E"}
	exponent := substring(suffix, 1, -1)
	power := _unsigned(exponent)
	power != ""
	trim(power, "0123456789") == ""
	count(power) < 4
	digits := substring(quantity, 0, count(quantity) - count(suffix))
}

# METADATA
# description: The quantity in thousandths, rounded up as the API server does; CPU in millicores.
milli(quantity) := ceil(value(quantity) * 1000)

# METADATA
# description: The quantity in whole units, rounded up; memory and storage in bytes.
bytes(quantity) := ceil(value(quantity))

# Digits around at most one point, as [whole, fraction]; a sign may stand in front, and one side may be empty.
_decimal(digits) := [_or_zero(trim_left(parts[0], "0")), _or_zero(concat("", array.slice(parts, 1, 2)))] if {
	plain := _unsigned(digits)
	trim_left(plain, "0123456789.") == ""
	trim(plain, ".") != ""
	parts := split(plain, ".")
	count(parts) < 3
}

_number([whole, fraction], exponent) := to_number(concat("", [whole, ".", fraction, exponent]))

_or_zero(digits) := digits if digits != ""

_or_zero("") := "0"

_sign(digits) := -1 if startswith(digits, "-")

_sign(digits) := 1 if not startswith(digits, "-")

_unsigned(digits) := substring(digits, 1, -1) if substring(digits, 0, 1) in {"+", "-"}

_unsigned(digits) := digits if not substring(digits, 0, 1) in {"+", "-"}

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
