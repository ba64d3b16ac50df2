# METADATA
# title: Agentweaver
# description: |
#   The parts of an Agentweaver installation that its rules ask for, found by the names that the platform fixes.
#   What an installation chooses (host, registry, database mode) is read from the manifests.
package sluice.lib.agentweaver

import data.sluice.lib.objects
import data.sluice.lib.pods

# METADATA
# description: |
#   Every pod template of the input, as {object, path, spec, labels, annotations, template, templatePath}. An array,
#   so that templates are not hashed.
templates := [entry |
	some kind in _pod_kinds
	some manifest in data.inventory.kinds[kind]
	some pod in pods.specs_of(manifest)
	entry := object.union(pod, {"object": manifest, "kind": kind})
]

# Kinds that describe pods.
_pod_kinds := [
	"Pod",
	"PodTemplate",
	"ReplicationController",
	"Deployment",
	"ReplicaSet",
	"StatefulSet",
	"DaemonSet",
	"Job",
	"CronJob",
	"SandboxTemplate",
	"Sandbox",
]

# Templates of the Deployment with this name; usually one.
_deployments(name) := [template |
	some template in templates
	template.kind == "Deployment"
	objects.name(template.object) == name
]

# METADATA
# description: Templates of the SandboxTemplate with this name; usually one.
sandboxes(name) := [template |
	some template in templates
	template.kind == "SandboxTemplate"
	objects.name(template.object) == name
]

# METADATA
# description: Templates of the API, which also serves the sign-in.
api := _deployments("agentweaver-api")

# METADATA
# description: Templates of the worker.
worker := _deployments("agentweaver-worker")

# METADATA
# description: |
#   Containers of one template, as {path, name, image, type, container, podPath, pod, object}.
containers(template) := [entry |
	some found in pods.containers_of(template.object)
	entry := object.union(found, {"object": template.object})
]

# METADATA
# description: Containers of one template that do the pod's work, so no init containers.
main_containers(template) := [entry |
	some entry in containers(template)
	entry.type == "container"
]

# METADATA
# description: Environment variables of a container entry, as {name, path, variable}, with a string for a name.
variables(entry) := [variable |
	some index, item in objects.array_of(objects.field(entry.container, "env"))
	is_string(item.name)
	variable := {"name": item.name, "path": $"{entry.path}/env/{index}", "variable": item}
]

# METADATA
# description: Literal values of an environment variable of a container entry; a set, since names may be repeated.
values(entry, name) := {value |
	some variable in variables(entry)
	variable.name == name
	value := variable.variable.value
}

# METADATA
# description: Secret and key of an environment variable of a container entry, as {name, key}; a set.
secret_keys(entry, name) := {reference |
	some variable in variables(entry)
	variable.name == name
	found := variable.variable.valueFrom.secretKeyRef
	reference := {"name": objects.field(found, "name"), "key": objects.field(found, "key")}
}

# METADATA
# description: The service account of a pod spec.
service_account(spec) := objects.string_of(objects.field(spec, "serviceAccountName"), "default")

# Database providers of the API containers; Postgres in an installation, Sqlite in the throwaway mode.
_database_providers := {provider |
	some template in api
	some entry in main_containers(template)
	some provider in values(entry, "Database__Provider")
}

# METADATA
# description: True in the throwaway mode, where the API keeps its state in a file.
sqlite if "Sqlite" in _database_providers

# METADATA
# description: Host names that the main Gateway listens on.
hosts := {listener.hostname |
	some gateway in objects.of_kind("Gateway", "gateway.networking.k8s.io")
	objects.name(gateway) == "agentweaver-gateway"
	some listener in gateway.spec.listeners
	is_string(listener.hostname)
}

# METADATA
# description: The object to blame for what is missing altogether; the Namespace of the platform.
platform := {"apiVersion": "v1", "kind": "Namespace", "name": "agentweaver"}

# METADATA
# description: The install parameters, where the environment of the manifests is known; else empty.
default parameters := {}

parameters := data.environment.parameters if is_object(data.environment.parameters)

# METADATA
# description: The class of the platform's Gateways, as the installation sets it.
gateway_class := _gateway("className", "approuting-istio")

# METADATA
# description: The namespace of the gateways that the cluster shares, as the installation sets it.
ingress_namespace := _gateway("ingressNamespace", "aks-istio-ingress")

_gateway(name, fallback) := objects.string_of(objects.field(objects.field(parameters, "gateway"), name), fallback)

# METADATA
# description: |
#   The port on which agent hosts take their turns: the install parameter, or what the agent host's template says
#   where no environment is given, or 8088.
a2a_port := port if {
	port := objects.field(objects.field(parameters, "sandbox"), "a2aPort")
	is_number(port)
} else := min(_a2a_ports) if {
	count(_a2a_ports) > 0
} else := 8088

_a2a_ports := {port.containerPort |
	some template in sandboxes("agentweaver-agent-host")
	some entry in main_containers(template)
	some port in objects.array_of(objects.field(entry.container, "ports"))
	port.name == "a2a"
	is_number(port.containerPort)
}

# METADATA
# description: True when a pod spec asks for a token of the vault's identity.
workload_identity(template) if template.labels["azure.workload.identity/use"] == "true"

# METADATA
# description: Secret provider classes that the volumes of a template mount, as {name, volume, path}.
secret_providers(template) := [entry |
	some index, volume in objects.array_of(objects.field(template.spec, "volumes"))
	volume.csi.driver == "secrets-store.csi.k8s.io"
	entry := {
		"name": objects.field(objects.field(volume.csi, "volumeAttributes"), "secretProviderClass"),
		"volume": objects.field(volume, "name"),
		"path": $"{template.path}/volumes/{index}",
	}
]

# METADATA
# description: |
#   Names of the vault objects that an Azure SecretProviderClass fetches, in order. Its `objects` parameter is YAML
#   inside YAML, a list of strings that hold a map each; the names stand on lines of their own in every form of it.
vault_objects(provider) := [name |
	text := provider.spec.parameters.objects
	is_string(text)
	some line in split(text, "\n")
	some match in regex.find_all_string_submatch_n(`objectName\\?["']?\s*:\s*\\?["']?([A-Za-z0-9-]+)`, line, -1)
	name := match[1]
]
