# METADATA
# title: Pods
# description: |
#   The pod specs of a manifest and their containers, for every kind that describes pods. Rules of scope object
#   ask `specs` and `containers`, which read `input`; graph rules ask `specs_of` and `containers_of`.
#
#   A rule about pods lists these kinds: [Pod, PodTemplate, ReplicationController, Deployment.apps,
#   ReplicaSet.apps, StatefulSet.apps, DaemonSet.apps, Job.batch, CronJob.batch,
#   SandboxTemplate.extensions.agents.x-k8s.io, Sandbox.agents.x-k8s.io]
package sluice.lib.pods

import data.sluice.lib.objects

# METADATA
# description: |
#   Pod specs of `input`, as {path, spec, labels, annotations, template, templatePath}; `path` points at the spec,
#   `templatePath` at the template (or the pod itself, then it is empty).
specs := specs_of(input)

# METADATA
# description: |
#   Containers of `input`, as {path, name, image, type, container, podPath, pod}; `type` is container, init or
#   ephemeral, `pod` the spec they stand in.
containers := containers_of(input)

# METADATA
# description: The containers of `input` that run for the pod's whole life, so neither ephemeral nor run-once init.
long_running := [entry |
	some entry in containers
	_long_running(entry)
]

_long_running(entry) if entry.type == "container"

_long_running(entry) if {
	entry.type == "init"
	entry.container.restartPolicy == "Always"
}

# METADATA
# description: |
#   The pod specs of any manifest; none for kinds that describe no pods. Arrays, since a set hashes every element
#   to the last leaf, which in WASM costs more than all the rules.
specs_of(manifest) := [entry |
	keys := template_keys(manifest)
	template := object.get(manifest, keys, null)
	is_object(template)
	is_object(template.spec)
	template_path := concat("", [$"/{key}" | some key in keys])
	entry := {
		"path": $"{template_path}/spec",
		"spec": template.spec,
		"labels": objects.labels(template),
		"annotations": objects.annotations(template),
		"template": template,
		"templatePath": template_path,
	}
]

# METADATA
# description: The keys that lead to the pod template of a manifest; undefined for kinds that describe no pods.
template_keys(manifest) := _template_keys[concat(".", [kind, objects.group(manifest)])] if {
	kind := objects.string_of(objects.field(manifest, "kind"), "")
}

# METADATA
# description: The containers of any manifest.
containers_of(manifest) := [entry |
	some pod in specs_of(manifest)
	some field, type in {"containers": "container", "initContainers": "init", "ephemeralContainers": "ephemeral"}
	some index, container in objects.array_of(objects.field(pod.spec, field))
	is_object(container)
	entry := {
		"path": $"{pod.path}/{field}/{index}",
		"name": objects.string_of(objects.field(container, "name"), $"number {index}"),
		"image": objects.string_of(objects.field(container, "image"), ""),
		"type": type,
		"container": container,
		"podPath": pod.path,
		"pod": pod.spec,
	}
]

# METADATA
# description: A field of a container's security context, or the pod's where the container leaves it out; else null.
security(entry, field) := object.get(objects.object_of(objects.field(entry.container, "securityContext")), field, _of_pod(entry.pod, field))

# METADATA
# description: A field of a container's own security context; null where it is not set. For what pods cannot set.
own_security(entry, field) := objects.field(objects.field(entry.container, "securityContext"), field)

# METADATA
# description: True for pods that run on Windows nodes, where the Linux fields of security contexts are refused.
windows(spec) if spec.os.name == "windows"

_of_pod(spec, field) := objects.field(objects.field(spec, "securityContext"), field)

# METADATA
# description: Every manifest of the inventory that describes pods. For graph rules.
workloads := [manifest |
	kinds := {split(kind, ".")[0] | some kind, _ in _template_keys}
	some kind in kinds
	some manifest in data.inventory.kinds[kind]
]

_template_keys := {
	"Pod.": [],
	"PodTemplate.": ["template"],
	"ReplicationController.": ["spec", "template"],
	"Deployment.apps": ["spec", "template"],
	"ReplicaSet.apps": ["spec", "template"],
	"StatefulSet.apps": ["spec", "template"],
	"DaemonSet.apps": ["spec", "template"],
	"Job.batch": ["spec", "template"],
	"CronJob.batch": ["spec", "jobTemplate", "spec", "template"],
	"SandboxTemplate.extensions.agents.x-k8s.io": ["spec", "podTemplate"],
	"Sandbox.agents.x-k8s.io": ["spec", "podTemplate"],
}
