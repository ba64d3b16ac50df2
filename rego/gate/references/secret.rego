# METADATA
# title: Secrets that pods name exist
# description: |
#   A pod that mounts a Secret, or takes a variable from one, waits in CreateContainerConfigError or
#   ContainerCreating until the Secret and its key exist. Secrets that a SecretProviderClass, a Certificate,
#   an ExternalSecret or a SealedSecret of the input makes count, with the keys they are known to have;
#   references marked optional are left out.
# custom:
#   id: references-secret
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
#     - ServiceAccount
#   remediation: >-
#     Correct the name or key, or add what makes the Secret. If something outside of the input makes it,
#     declare it as external with the reason.
#   references:
#     - https://kubernetes.io/docs/concepts/configuration/secret/
#   exceptionable: true
package sluice.references.secret

import data.sluice.lib.references

deny contains finding if some finding in references.broken({"secret"})
