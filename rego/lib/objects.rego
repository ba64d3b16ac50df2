# METADATA
# title: Objects
# description: |
#   Parts of a manifest that rules ask for all the time, read so that a wrong type gives the empty value of the
#   right one instead of an error.
package sluice.lib.objects

# METADATA
# description: The value when it is an object, else an empty object.
object_of(value) := value if is_object(value)

else := {}

# METADATA
# description: The value when it is an array, else an empty array.
array_of(value) := value if is_array(value)

else := []

# METADATA
# description: The value when it is a non-empty string, else the fallback.
string_of(value, fallback) := value if {
	is_string(value)
	value != ""
}

else := fallback

# METADATA
# description: The value of a key of anything; null where there is none.
field(value, key) := value[key] if is_object(value)

else := null

# METADATA
# description: The metadata of a manifest, always an object.
metadata(manifest) := object_of(field(manifest, "metadata"))

# METADATA
# description: The spec of a manifest, always an object.
spec(manifest) := object_of(field(manifest, "spec"))

# METADATA
# description: The labels of a manifest, always an object.
labels(manifest) := object_of(field(metadata(manifest), "labels"))

# METADATA
# description: The annotations of a manifest, always an object.
annotations(manifest) := object_of(field(metadata(manifest), "annotations"))

# METADATA
# description: The name of a manifest, empty where it has none.
name(manifest) := string_of(field(metadata(manifest), "name"), "")

# METADATA
# description: |
#   The namespace as written, empty for a cluster-scoped object and for a manifest that leaves it to whoever
#   applies it. Two manifests that both leave it out are taken to share one namespace.
namespace(manifest) := string_of(field(metadata(manifest), "namespace"), "")

# METADATA
# description: A manifest as a message names it, `namespace/name`, or the name alone where it has no namespace.
full_name(manifest) := trim_prefix(concat("/", [namespace(manifest), name(manifest)]), "/")

# METADATA
# description: The API group of a manifest, empty for the core group.
group(manifest) := group_of(string_of(field(manifest, "apiVersion"), ""))

# METADATA
# description: The API group of an apiVersion, empty for the core group.
group_of(api_version) := substring(api_version, 0, indexof(api_version, "/")) if contains(api_version, "/")

else := ""

# METADATA
# description: |
#   A value as a message shows it. Strings stand as they are, numbers and the like as JSON. Of objects and arrays
#   the leaves are told in order (`a.b=c, a.0=d`), since WASM writes the keys of JSON in any order.
text(value) := value if is_string(value)

else := json.marshal(value) if {
	not type_name(value) in {"array", "object"}
} else := json.marshal(value) if {
	count(value) == 0
}

else := concat(", ", sort([concat("=", [concat(".", [$"{key}" | some key in path]), $"{leaf}"]) |
	walk(value, [path, leaf])
	not type_name(leaf) in {"array", "object"}
]))

# METADATA
# description: All manifests of a kind in one API group, whatever their version.
of_kind(kind, api_group) := [manifest |
	some manifest in data.inventory.kinds[kind]
	group(manifest) == api_group
]

# METADATA
# description: What a graph rule blames, and joins by; small, where a whole manifest would be hashed to the last leaf.
identity(manifest) := {
	"apiVersion": string_of(field(manifest, "apiVersion"), ""),
	"kind": string_of(field(manifest, "kind"), ""),
	"namespace": namespace(manifest),
	"name": name(manifest),
}
