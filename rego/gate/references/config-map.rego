# METADATA
# title: ConfigMaps that pods name exist
# description: |
#   A pod that mounts a ConfigMap, or takes a variable from one, does not start until the ConfigMap and its
#   key exist.
# custom:
#   id: references-config-map
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
#     Correct the name or key, or add the ConfigMap. If something outside of the input makes it, declare
#     it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/configmap/
#   exceptionable: true
package sluice.references.config_map

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"config-map"})
