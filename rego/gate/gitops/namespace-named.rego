# METADATA
# title: Namespaced objects name their namespace
# description: |
#   Some objects of the input name their namespace and this one does not: it lands wherever the tool that
#   applies it stands at that moment, often in "default". An input in which no object names a namespace is
#   not judged, since the tool is meant to choose it there.
# custom:
#   id: gitops-namespace-named
#   severity: low
#   pack: gitops
#   scope: object
#   kinds:
#     - Pod
#     - Service
#     - ConfigMap
#     - Secret
#     - ServiceAccount
#     - PersistentVolumeClaim
#     - ResourceQuota
#     - LimitRange
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - Job.batch
#     - CronJob.batch
#     - Role.rbac.authorization.k8s.io
#     - RoleBinding.rbac.authorization.k8s.io
#     - NetworkPolicy.networking.k8s.io
#     - Ingress.networking.k8s.io
#     - PodDisruptionBudget.policy
#     - HorizontalPodAutoscaler.autoscaling
#     - Gateway.gateway.networking.k8s.io
#     - HTTPRoute.gateway.networking.k8s.io
#   remediation: >-
#     Write metadata.namespace.
#   references:
#     - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
#   exceptionable: true
package sluice.gitops.namespace_named

import data.sluice.lib.objects

deny contains {"path": "/metadata/namespace", "message": "lands in whatever namespace it is applied to, while other objects name theirs"} if {
	objects.namespace(input) == ""
	_named
}

_named if {
	some manifest in data.inventory.kinds[_]
	objects.namespace(manifest) != ""
}
