# METADATA
# title: Priority classes that pods name exist
# description: |
#   A pod of a priority class that does not exist is refused.
# custom:
#   id: references-priority-class
#   severity: medium
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
#     Correct the name, add the PriorityClass, or declare it as external.
#   references:
#     - https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
#   exceptionable: true
package sluice.references.priority_class

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"priority-class"})
