# METADATA
# title: API versions are still served
# description: |
#   The API version of this object is served by no supported version of Kubernetes. An upgraded cluster
#   refuses it, and with it the whole sync.
# custom:
#   id: gitops-removed-api
#   severity: high
#   pack: gitops
#   scope: object
#   kinds: ["*"]
#   remediation: >-
#     Move to the version named in the message; mind that fields may have moved too.
#   references:
#     - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
#   exceptionable: true
package sluice.gitops.removed_api

deny contains {"path": "/apiVersion", "message": message} if {
	[release, successor] := _removed[input.apiVersion][input.kind]
	message := $"{input.apiVersion} {input.kind} is gone since Kubernetes {release}; {successor}"
}

_removed := {
	"extensions/v1beta1": {
		"Deployment": ["1.16", "use apps/v1"],
		"DaemonSet": ["1.16", "use apps/v1"],
		"ReplicaSet": ["1.16", "use apps/v1"],
		"NetworkPolicy": ["1.16", "use networking.k8s.io/v1"],
		"PodSecurityPolicy": ["1.16", "use Pod Security admission"],
		"Ingress": ["1.22", "use networking.k8s.io/v1"],
	},
	"apps/v1beta1": {
		"Deployment": ["1.16", "use apps/v1"],
		"StatefulSet": ["1.16", "use apps/v1"],
	},
	"apps/v1beta2": {
		"Deployment": ["1.16", "use apps/v1"],
		"DaemonSet": ["1.16", "use apps/v1"],
		"ReplicaSet": ["1.16", "use apps/v1"],
		"StatefulSet": ["1.16", "use apps/v1"],
	},
	"networking.k8s.io/v1beta1": {
		"Ingress": ["1.22", "use networking.k8s.io/v1"],
		"IngressClass": ["1.22", "use networking.k8s.io/v1"],
	},
	"apiextensions.k8s.io/v1beta1": {"CustomResourceDefinition": ["1.22", "use apiextensions.k8s.io/v1"]},
	"apiregistration.k8s.io/v1beta1": {"APIService": ["1.22", "use apiregistration.k8s.io/v1"]},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration": ["1.22", "use admissionregistration.k8s.io/v1"],
		"ValidatingWebhookConfiguration": ["1.22", "use admissionregistration.k8s.io/v1"],
	},
	"certificates.k8s.io/v1beta1": {"CertificateSigningRequest": ["1.22", "use certificates.k8s.io/v1"]},
	"coordination.k8s.io/v1beta1": {"Lease": ["1.22", "use coordination.k8s.io/v1"]},
	"rbac.authorization.k8s.io/v1beta1": {
		"ClusterRole": ["1.22", "use rbac.authorization.k8s.io/v1"],
		"ClusterRoleBinding": ["1.22", "use rbac.authorization.k8s.io/v1"],
		"Role": ["1.22", "use rbac.authorization.k8s.io/v1"],
		"RoleBinding": ["1.22", "use rbac.authorization.k8s.io/v1"],
	},
	"scheduling.k8s.io/v1beta1": {"PriorityClass": ["1.22", "use scheduling.k8s.io/v1"]},
	"storage.k8s.io/v1beta1": {
		"StorageClass": ["1.22", "use storage.k8s.io/v1"],
		"CSIDriver": ["1.22", "use storage.k8s.io/v1"],
		"CSINode": ["1.22", "use storage.k8s.io/v1"],
		"VolumeAttachment": ["1.22", "use storage.k8s.io/v1"],
		"CSIStorageCapacity": ["1.27", "use storage.k8s.io/v1"],
	},
	"batch/v1beta1": {"CronJob": ["1.25", "use batch/v1"]},
	"discovery.k8s.io/v1beta1": {"EndpointSlice": ["1.25", "use discovery.k8s.io/v1"]},
	"events.k8s.io/v1beta1": {"Event": ["1.25", "use events.k8s.io/v1"]},
	"autoscaling/v2beta1": {"HorizontalPodAutoscaler": ["1.25", "use autoscaling/v2"]},
	"autoscaling/v2beta2": {"HorizontalPodAutoscaler": ["1.26", "use autoscaling/v2"]},
	"policy/v1beta1": {
		"PodDisruptionBudget": ["1.25", "use policy/v1"],
		"PodSecurityPolicy": ["1.25", "use Pod Security admission"],
	},
	"node.k8s.io/v1beta1": {"RuntimeClass": ["1.25", "use node.k8s.io/v1"]},
	"flowcontrol.apiserver.k8s.io/v1beta1": {
		"FlowSchema": ["1.26", "use flowcontrol.apiserver.k8s.io/v1"],
		"PriorityLevelConfiguration": ["1.26", "use flowcontrol.apiserver.k8s.io/v1"],
	},
	"flowcontrol.apiserver.k8s.io/v1beta2": {
		"FlowSchema": ["1.29", "use flowcontrol.apiserver.k8s.io/v1"],
		"PriorityLevelConfiguration": ["1.29", "use flowcontrol.apiserver.k8s.io/v1"],
	},
	"flowcontrol.apiserver.k8s.io/v1beta3": {
		"FlowSchema": ["1.32", "use flowcontrol.apiserver.k8s.io/v1"],
		"PriorityLevelConfiguration": ["1.32", "use flowcontrol.apiserver.k8s.io/v1"],
	},
}
