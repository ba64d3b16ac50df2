# METADATA
# title: Volume claims that pods name exist
# description: |
#   A pod stays Pending until the claim that it mounts exists.
# custom:
#   id: references-persistent-volume-claim
#   severity: high
#   pack: references
#   scope: graph
#   kinds:
#     - Pod
#     - PodTemplate
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#     - SandboxTemplate.extensions.agents.x-k8s.io
#     - Sandbox.agents.x-k8s.io
#   remediation: >-
#     Correct the name, or add the PersistentVolumeClaim. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes
#   exceptionable: true
package sluice.references.persistent_volume_claim

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"persistent-volume-claim"})
