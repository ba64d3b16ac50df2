# METADATA
# title: Secret provider classes that pods mount exist
# description: |
#   A pod that mounts a SecretProviderClass which does not exist stays in ContainerCreating.
# custom:
#   id: references-secret-provider-class
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
#     Correct the name, or add the SecretProviderClass. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage
#   exceptionable: true
package sluice.references.secret_provider_class

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"secret-provider-class"})
