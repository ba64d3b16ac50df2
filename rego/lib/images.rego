# METADATA
# title: Images
# description: Container image references, taken apart.
# related_resources:
#   - https://pkg.go.dev/github.com/distribution/reference
package sluice.lib.images

# METADATA
# description: |
#   The parts of an image reference as {registry, repository, tag, digest}; a part that is not written is empty.
parse(image) := {"registry": registry, "repository": repository, "tag": tag, "digest": digest} if {
	is_string(image)
	halves := split(image, "@")
	digest := concat("@", array.slice(halves, 1, count(halves)))
	segments := split(halves[0], "/")
	last := split(segments[count(segments) - 1], ":")
	tag := concat(":", array.slice(last, 1, count(last)))
	registry := _registry(segments)
	path := array.concat(array.slice(segments, 0, count(segments) - 1), [last[0]])
	repository := trim_prefix(concat("/", path), concat("", [registry, "/"]))
}

_registry(segments) := segments[0] if {
	count(segments) > 1
	_host(segments[0])
} else := ""

_host(segment) if contains(segment, ".")

_host(segment) if contains(segment, ":")

_host("localhost") := true
