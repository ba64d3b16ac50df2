# METADATA
# title: Runtime classes that pods name exist
# description: |
#   A pod of a runtime class that the cluster does not have is refused, and with it the isolation it was
#   meant to give. Classes usually come with the cluster; declared as externals, they document what the
#   platform asks of it.
# custom:
#   id: references-runtime-class
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
#     Correct the name, add the RuntimeClass, or declare it as external.
#   references:
#     - https://kubernetes.io/docs/concepts/containers/runtime-class/
#   exceptionable: true
package sluice.references.runtime_class

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"runtime-class"})
