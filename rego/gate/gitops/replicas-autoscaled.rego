# METADATA
# title: Replicas are left to the autoscaler
# description: |
#   Replicas in Git and an autoscaler in the cluster overwrite each other: every sync scales to the number
#   in Git, in the middle of a peak perhaps, and the application is out of sync in between.
# custom:
#   id: gitops-replicas-autoscaled
#   severity: medium
#   pack: gitops
#   scope: object
#   kinds: [Deployment.apps, StatefulSet.apps, ReplicaSet.apps]
#   remediation: >-
#     Remove spec.replicas; the autoscaler's minimum takes its place.
#   references:
#     - https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness
#     - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
#   exceptionable: true
package sluice.gitops.replicas_autoscaled

import data.sluice.lib.objects
import data.sluice.lib.replicas

deny contains {"path": "/spec/replicas", "message": message} if {
	number := objects.spec(input).replicas
	scalers := sort([concat(" ", [scaler.kind, scaler.name]) | some scaler in replicas.autoscalers(input)])
	count(scalers) > 0
	message := $"{number} replicas stand here, and {scalers[0]} sets them in the cluster"
}
